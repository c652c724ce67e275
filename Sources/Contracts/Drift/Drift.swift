/// Compares payloads with their contract.
///
/// On top of validation it notes members the contract does not name, and folds what many elements of a list show into
/// one finding. A payload that is as agreed costs one run of the schema in fast mode.
public enum Drift {
    /// What departs from the schema, each thing once, contract breaks first.
    public static func findings(schema: Schema, document: JSONDocument) -> [DriftFinding] {
        var evaluator = SchemaEvaluator(program: schema.program, document: document, isCollecting: false)
        evaluator.known = SchemaKnownMembers()
        var collection = DriftCollection(document: document)
        if !evaluator.run() {
            evaluator = SchemaEvaluator(program: schema.program, document: document, isCollecting: true)
            evaluator.known = SchemaKnownMembers()
            _ = evaluator.run()
            for violation in evaluator.violations { collection.add(violation) }
        }
        if let known = evaluator.known { collection.addUnknownMembers(known) }
        return collection.findings
    }

    public static func findings(schema: Schema, document: JSONValue) -> [DriftFinding] {
        findings(schema: schema, document: JSONDocument(document))
    }
}
