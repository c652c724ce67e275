/// A set of kinds of tape nodes; names count as strings.
struct SchemaKinds: OptionSet, BitwiseCopyable {
    let rawValue: UInt16

    static let null = SchemaKinds(.null)
    static let boolean: SchemaKinds = [SchemaKinds(.true), SchemaKinds(.false)]
    static let integer = SchemaKinds(.integer)
    static let number: SchemaKinds = [SchemaKinds(.integer), SchemaKinds(.number)]
    static let string: SchemaKinds = [SchemaKinds(.string), SchemaKinds(.key)]
    static let array = SchemaKinds(.array)
    static let object = SchemaKinds(.object)
    static let all = SchemaKinds(rawValue: 0x1FF)

    init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    @inline(__always)
    init(_ kind: JSONNode.Kind) {
        rawValue = 1 << UInt16(kind.rawValue)
    }

    @inline(__always)
    func has(_ kind: JSONNode.Kind) -> Bool {
        rawValue & (1 << UInt16(kind.rawValue)) != 0
    }
}
