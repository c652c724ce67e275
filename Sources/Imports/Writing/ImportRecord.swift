import Contracts

/// What the last import of a provider wrote: `contracts/NAME/import.json`. The next one compares with it, so that it knows
/// what a person changed since.
struct ImportRecord {
    /// What a person said, so that it need not be said again.
    var said: JSONObject = [:]
    /// Keys of the provider, without operations.
    var provider: JSONObject = [:]
    /// Keys of operations by the place they come from (`POST /v1/charges`).
    var operations: [String: Written] = [:]
    /// Fingerprints of contract files by their names below the footing folder.
    var files: [String: String] = [:]

    struct Written {
        /// The name the import gave.
        var name: String
        var keys: JSONObject
    }

    init() {}

    /// Nil for a text that is no record.
    init?(_ bytes: [UInt8]) {
        guard let value = try? JSONValue.parse(bytes), value["operations"]?.objectValue != nil else { return nil }
        said = value["said"]?.objectValue ?? [:]
        provider = value["provider"]?.objectValue ?? [:]
        for (origin, written) in value["operations"]?.objectValue ?? [:] {
            guard let name = written["name"]?.stringValue else { continue }
            operations[origin] = Written(name: name, keys: written["keys"]?.objectValue ?? [:])
        }
        for (name, print) in value["files"]?.objectValue ?? [:] { files[name] = print.stringValue }
    }

    func bytes(format: String, source: String) -> [UInt8] {
        let operations = operations.sorted { $0.key < $1.key }.map { origin, written in
            (origin, ["name": .string(written.name), "keys": .object(written.keys)] as JSONValue)
        }
        let files = files.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        let value: JSONValue = [
            "about":
                "What footing import wrote. Leave it as it is: the next import compares with it and keeps your changes.",
            "format": .string(format), "source": .string(source), "said": .object(said), "provider": .object(provider),
            "operations": .object(JSONObject(operations)), "files": .object(JSONObject(files)),
        ]
        return Array((value.pretty() + "\n").utf8)
    }
}
