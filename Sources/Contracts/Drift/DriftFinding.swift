import Inventory

/// One way in which payloads depart from their contract, however many values show it.
public struct DriftFinding: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A required member is not there.
        case missing
        /// A value has another type.
        case type
        /// A value is none of those listed.
        case `enum`
        /// A text is not of its format.
        case format
        /// A member that the contract does not name.
        case unknownField
        /// An answer with a status that the contract does not name.
        case status
        /// Something was called that the inventory does not name.
        case endpoint
        case other
    }

    /// Whose payloads show it.
    public enum Side: String, Sendable, Hashable {
        case request, answer
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
    /// The keyword of the contract that is broken, as `Violation` gives it; empty where none is.
    public let schemaPointer: String
    /// What a schema would have to say of the values that show it; holds types, numbers and short words, no free text.
    public internal(set) var observed: JSONValue?
    public let side: Side
    /// Values of the document that show it.
    public internal(set) var count: Int
    /// Names the same departure in every payload, process and version: 16 hexadecimal digits.
    public let shape: String

    init(
        pointer: String, kind: Kind, expected: String, seen: String, breaksContract: Bool, schemaPointer: String = "",
        observed: JSONValue? = nil, side: Side = .answer, contract: String = "",
        count: Int = 1
    ) {
        self.pointer = pointer
        self.kind = kind
        let expected = DriftFinding.short(expected)
        self.expected = expected
        self.seen = seen
        self.breaksContract = breaksContract
        self.schemaPointer = contract + schemaPointer
        self.observed = observed
        self.side = side
        self.count = count
        var parts = [kind.rawValue, pointer, expected]
        if kind == .type || kind == .enum || kind == .status || kind == .endpoint { parts.append(seen) }
        if !contract.isEmpty { parts.append(contract) }
        if side == .request { parts.append(side.rawValue) }
        shape = Fingerprint.of(parts)
    }

    /// An answer that cannot be read. It is of no use to anybody, whatever is agreed.
    public static let notJSON = DriftFinding(
        pointer: "", kind: .type, expected: "JSON", seen: "something else", breaksContract: true)

    /// An answer with a status that none of the declared ones covers.
    public static func undocumented(status: Int, declared: [String]) -> DriftFinding {
        DriftFinding(
            pointer: "", kind: .status, expected: declared.joined(separator: ", "), seen: String(status),
            breaksContract: false)
    }

    /// A call to something that the inventory does not name; what looks like an identifier in the path is left out.
    public static func undocumented(method: String, path: String) -> DriftFinding {
        let parts = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false).map { part in
            isIdentifier(part) ? "*" : String(part.prefix(40))
        }
        let shown = parts.prefix(12).joined(separator: "/")
        return DriftFinding(
            pointer: "", kind: .endpoint, expected: "an operation of the inventory", seen: "\(method) \(shown)",
            breaksContract: false)
    }

    private static func isIdentifier(_ part: Substring) -> Bool {
        part.utf8.contains { $0.isDigit || $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "@") } && !isVersion(part)
            || part.utf8.count > 24
    }

    private static func isVersion(_ part: Substring) -> Bool {
        part.first == "v" && part.utf8.count < 5
    }

    /// The same finding about what was sent.
    public var ofRequest: DriftFinding {
        DriftFinding(
            pointer: pointer, kind: kind, expected: expected, seen: seen, breaksContract: breaksContract,
            schemaPointer: schemaPointer, observed: observed, side: .request, count: count)
    }

    /// The same finding about an answer whose contract is not the operation's main one, but that of a status.
    public func ofAnswer(with status: String) -> DriftFinding {
        DriftFinding(
            pointer: pointer, kind: kind, expected: expected, seen: seen, breaksContract: breaksContract,
            schemaPointer: schemaPointer, contract: "responses/\(status)", count: count)
    }

    /// The same finding with its texts changed: what is known to be a secret is taken out. Its shape stays.
    public func scrubbed(_ scrub: (String) -> String) -> DriftFinding {
        DriftFinding(self, pointer: scrub(pointer), seen: scrub(seen)) {
            guard let observed else { return nil }
            let text = observed.text
            let clean = scrub(text)
            return clean == text ? observed : try? JSONValue.parse(clean)
        }
    }

    private init(_ other: DriftFinding, pointer: String, seen: String, observed: () -> JSONValue?) {
        self.pointer = pointer
        kind = other.kind
        expected = other.expected
        self.seen = seen
        breaksContract = other.breaksContract
        schemaPointer = other.schemaPointer
        self.observed = observed()
        side = other.side
        count = other.count
        shape = other.shape
    }

    private static func short(_ text: String) -> String {
        text.utf8.count > 300 ? text.prefix(200) + "..." : text
    }
}
