/// One way in which payloads depart from their contract, however many values show it.
public struct DriftFinding: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        /// A required member is not there.
        case missing
        /// A value has another type.
        case type
        /// A value is none of those listed.
        case `enum`
        /// A member that the contract does not name.
        case unknownField
        case other
    }

    /// Where, with every array index written as `*` (RFC 6901 otherwise); for a missing member the place it should have.
    public let pointer: String
    public let kind: Kind
    public let expected: String
    /// A type, or a short sample that holds no free text.
    public let seen: String
    /// Whether a payload like this is invalid. A member the contract does not name is only invalid where it forbids
    /// others.
    public let breaksContract: Bool
    /// Values of the document that show it.
    public internal(set) var count: Int
    /// Names the same departure in every payload, process and version: 16 hexadecimal digits.
    public let shape: String

    init(pointer: String, kind: Kind, expected: String, seen: String, breaksContract: Bool) {
        self.pointer = pointer
        self.kind = kind
        self.expected = expected
        self.seen = seen
        self.breaksContract = breaksContract
        count = 1
        var parts = [kind.rawValue, pointer, expected]
        if kind == .type || kind == .enum { parts.append(seen) }
        shape = DriftFinding.hash(parts)
    }

    /// Whether the call fails because of it.
    public func isFailure(under policy: DriftPolicy) -> Bool {
        policy == .fail && breaksContract
    }

    /// FNV-1a over 64 bits: stable, which Swift's own hashes are not.
    private static func hash(_ parts: [String]) -> String {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
            hash = (hash ^ 0xFF) &* 1_099_511_628_211
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
