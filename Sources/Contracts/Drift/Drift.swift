/// Compares payloads with their contract.
///
/// On top of validation it notes members the contract does not name, and folds what many elements of a list show into
/// one finding. A payload that is as agreed costs one run of the schema in fast mode; on an event loop `Schema.check`
/// tells beforehand whether there is anything to find.
public enum Drift {
    /// What departs from the schema, each thing once, contract breaks first.
    public static func findings(schema: Schema, document: JSONDocument) -> [DriftFinding] {
        schema.evaluate(document) { evaluator in
            evaluator.isNoting = true
            let isValid = evaluator.run()
            if isValid, evaluator.undeclared == 0 { return [] }
            var collection = DriftCollection(tape: document.tape)
            if !isValid {
                evaluator = SchemaEvaluator(
                    program: schema.program, tape: document.tape, workspace: evaluator.workspace)
                evaluator.isNoting = true
                evaluator.isCollecting = true
                _ = evaluator.run()
                for violation in evaluator.violations { collection.add(violation) }
            }
            collection.addUnknownMembers(evaluator)
            return collection.findings
        }
    }

    public static func findings(schema: Schema, document: JSONValue) -> [DriftFinding] {
        findings(schema: schema, document: JSONDocument(document))
    }
}
