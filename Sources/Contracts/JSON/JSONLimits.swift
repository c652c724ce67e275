/// What a JSON text may ask of its reader.
public struct JSONLimits: Sendable, Hashable {
    /// What to do with a member name that an object holds twice (RFC 8259 leaves it open).
    public enum DuplicateKeys: Sendable, Hashable {
        case reject
        case keepLast
    }

    public static let `default` = JSONLimits()

    /// Arrays and objects inside each other; at most 1000, so that trees can be walked and freed on any stack.
    public let depth: Int
    /// Size of the whole text; at most 1 GiB.
    public let bytes: Int
    /// Characters in one number.
    public let numberLength: Int
    public let duplicateKeys: DuplicateKeys

    public init(
        depth: Int = 512, bytes: Int = 256 << 20, numberLength: Int = 1000, duplicateKeys: DuplicateKeys = .reject
    ) {
        self.depth = min(max(depth, 1), 1000)
        self.bytes = min(max(bytes, 1), 1 << 30)
        self.numberLength = max(numberLength, 1)
        self.duplicateKeys = duplicateKeys
    }
}
