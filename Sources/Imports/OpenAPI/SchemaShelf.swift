import Contracts

/// The schemas that several places of a description use: each gets one file, however often and however circularly it is
/// referred to.
///
/// A schema with members that only answers, or only requests, must have gets two: the variant for requests has `.request` in
/// its name.
final class SchemaShelf {
    private struct Key: Hashable {
        let place: DocumentPlace
        let isRequest: Bool
    }

    private let files: DescriptionFiles
    private let directions: DirectedSchemas
    private var names: [Key: String] = [:]
    /// In small letters: some file systems take `A` and `a` for one.
    private var taken: Set<String> = []
    private var waiting: [(key: Key, value: JSONValue)] = []
    private(set) var schemas: [String: JSONValue] = [:]

    init(files: DescriptionFiles, reading: SchemaReading) {
        self.files = files
        directions = DirectedSchemas(files: files, reading: reading)
    }

    /// The file name of the schema a reference leads to. It is written when `finish` is called.
    func name(
        of reference: String, at place: DocumentPlace, isRequest: Bool
    ) throws(ImportError) -> String {
        var (value, target) = try files.target(of: reference, at: place)
        // A schema that is nothing but a reference needs no file of its own.
        if value["$ref"] != nil, value.objectValue?.count == 1 {
            (value, target) = try files.followed(value, at: target)
        }
        let isDirected = try directions.areDifferent(target, value)
        let key = Key(place: target, isRequest: isRequest && isDirected)
        if let name = names[key] { return name }
        let name = free(Self.stem(target), ending: key.isRequest ? ".request.json" : ".json")
        names[key] = name
        waiting.append((key, value))
        return name
    }

    /// Writes all schemas that were asked for, and those they ask for.
    func finish(_ translation: SchemaTranslation) throws(ImportError) {
        while let next = waiting.popLast(), let name = names[next.key] {
            schemas[name] = try translation.translate(next.value, at: next.key.place, isRequest: next.key.isRequest)
        }
    }

    private func free(_ stem: String, ending: String) -> String {
        var name = stem + ending
        var number = 2
        while !taken.insert(name.lowercased()).inserted {
            name = "\(stem)-\(number)\(ending)"
            number += 1
        }
        return name
    }

    /// A name for a file: the schema's own, or the end of its path.
    private static func stem(_ place: DocumentPlace) -> String {
        var tokens = place.pointer.tokens
        if tokens.starts(with: ["components", "schemas"]) { tokens.removeFirst(2) }
        var text = tokens.filter { $0 != "schema" && $0 != "properties" }.suffix(3).joined(separator: "-")
        if text.isEmpty {
            let last = place.file.split(separator: "/").last ?? ""
            text = String(last.prefix { $0 != "." })
        }
        let plain = text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) ? $0 : "-" }
        let stem = String(plain.drop { "-.".contains($0) }.prefix(80))
        return stem.isEmpty ? "schema" : stem
    }
}
