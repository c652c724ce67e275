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
            if !isValid {
                evaluator = SchemaEvaluator(
                    program: schema.program, tape: document.tape, workspace: evaluator.workspace)
                evaluator.isNoting = true
                evaluator.isCollecting = true
                evaluator.personal = schema.marksPersonal ? [] : nil
                _ = evaluator.run()
            }
            var collection = DriftCollection(tape: document.tape, personal: evaluator.personal ?? [])
            collection.add(evaluator.violations)
            // What was not looked at to the end does not say which members are known.
            if evaluator.violations.count + 1 < SchemaEvaluator.violationLimit {
                collection.addUnknownMembers(evaluator)
            }
            return collection.findings
        }
    }

    public static func findings(schema: Schema, document: JSONValue) -> [DriftFinding] {
        findings(schema: schema, document: JSONDocument(document))
    }
}
