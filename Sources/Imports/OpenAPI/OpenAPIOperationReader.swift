import Contracts
import Inventory

/// Reads one operation of a description.
struct OpenAPIOperationReader {
    struct Result {
        var operation: ImportedOperation
        var errorStatuses: Set<Int>
    }

    let files: DescriptionFiles
    let translation: SchemaTranslation
    let operation: OpenAPIOperation

    /// The operation, or nil, with a note, when the inventory cannot hold it.
    func read(named name: String, notes: inout [ImportNote]) throws(ImportError) -> Result? {
        translation.folder = "schemas/"
        let value = operation.value
        let path: String
        let parameterNames: [String: String]
        switch PathText.inventory(operation.path) {
        case .success(let result): (path, parameterNames) = result
        case .failure(let fault):
            notes.append(
                ImportNote(
                    .gap, name, "left out: \(operation.method) \(operation.path): \(fault.reason)",
                    at: operation.place.pointer))
            return nil
        }
        guard operation.method != "TRACE" else {
            notes.append(ImportNote(.gap, name, "left out: TRACE goes to no provider", at: operation.place.pointer))
            return nil
        }
        let risk = RiskGuess.risk(method: operation.method, path: path, name: operation.id ?? "")
        var result = ImportedOperation(name: name, method: operation.method, path: path, risk: risk)
        result.about = Prose.short(value["summary"]?.stringValue ?? value["description"]?.stringValue)
        result.place = operation.place.pointer
        if let header = value["x-idempotency-header"]?.stringValue { result.idempotencyHeader = header }

        var parameters = OpenAPIParameters(files: files, translation: translation, subject: name)
        try parameters.read(operation, renamed: parameterNames)
        result.query = parameters.query
        result.pathSchema = parameters.path
        if risk != .read { result.idempotencyHeader = result.idempotencyHeader ?? parameters.idempotencyHeader }
        notes += parameters.notes

        var bodies = OpenAPIBodies(files: files, translation: translation, operation: operation, subject: name)
        result.body = try bodies.request()
        result.answer = try bodies.answer()
        result.recordsDrift = bodies.hasEmptySuccess && result.answer != nil
        notes += bodies.notes
        var examples = parameters.examples
        examples.add(bodies.examples, to: "body", isNeeded: bodies.hasRequest)
        result.examples = ImportedExample.kept(examples.calls)
        return Result(operation: result, errorStatuses: bodies.errorStatuses)
    }
}
