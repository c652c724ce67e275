/// The types a `type` keyword allows.
struct SchemaTypes: OptionSet, Sendable {
    let rawValue: UInt8

    static let null = SchemaTypes(rawValue: 1)
    static let boolean = SchemaTypes(rawValue: 2)
    static let object = SchemaTypes(rawValue: 4)
    static let array = SchemaTypes(rawValue: 8)
    static let number = SchemaTypes(rawValue: 16)
    static let string = SchemaTypes(rawValue: 32)
    /// A number whose value is integral, however it is spelt.
    static let integer = SchemaTypes(rawValue: 64)
    /// Makes `integer` mean a number written without a fraction, as in draft 4.
    static let writtenInteger = SchemaTypes(rawValue: 128)

    private static let names: [(String, SchemaTypes)] = [
        ("null", .null), ("boolean", .boolean), ("object", .object), ("array", .array), ("number", .number),
        ("string", .string), ("integer", .integer),
    ]

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Nil when no type has that name.
    init?(name: String) {
        guard let found = SchemaTypes.names.first(where: { $0.0 == name }) else { return nil }
        self = found.1
    }

    /// What the tape tells of it; a number with a fraction may still be an integer.
    var kinds: SchemaKinds {
        var kinds: SchemaKinds = []
        if contains(.null) { kinds.insert(.null) }
        if contains(.boolean) { kinds.insert(.boolean) }
        if contains(.object) { kinds.insert(.object) }
        if contains(.array) { kinds.insert(.array) }
        if contains(.number) { kinds.insert(.number) }
        if contains(.string) { kinds.insert(.string) }
        if contains(.integer) { kinds.insert(.integer) }
        return kinds
    }

    var phrase: String {
        SchemaTypes.names.filter { contains($0.1) }.map(\.0).joined(separator: " or ")
    }
}
