import Inventory

/// A call that really happened, without its secrets and personal data: what contract tests compare with.
public struct RecordedExample: Sendable, Hashable {
    /// The call's input: `{"path": {}, "query": {}, "body": ...}`.
    public let request: JSONValue
    /// The provider's status.
    public let status: Int
    public let contentType: String?
    /// The provider's payload, as far as it is JSON.
    public let body: JSONValue

    public init(request: JSONValue, status: Int, contentType: String?, body: JSONValue) {
        self.request = request
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// Reads what `json` wrote; nil when it is something else.
    public init?(json: JSONValue) {
        guard let request = json["request"], request.objectValue != nil, let answer = json["answer"],
            let status = answer["status"]?.intValue
        else { return nil }
        self.init(
            request: request, status: status, contentType: answer["content_type"]?.stringValue,
            body: answer["body"] ?? .null)
    }

    public var json: JSONValue {
        [
            "request": request,
            "answer": ["status": JSONValue(status), "content_type": JSONValue(contentType), "body": body],
        ]
    }

    /// A name for its file: the same for every call with members of the same names and types.
    public var name: String {
        "\(status)-\(Fingerprint.of(RecordedExample.skeleton(json)))"
    }

    /// Whether the request can be made again: nothing of it was kept back.
    public var isRepeatable: Bool { !RecordedExample.holdsKeptBack(request) }

    /// Everything in which the payload breaks the contract, apart from what was kept back.
    public func violations(of contract: Schema) -> [Violation] {
        contract.validate(body).filter { violation in
            guard let pointer = JSONPointer(violation.instancePointer), let value = body.value(at: pointer) else {
                return true
            }
            return !RecordedExample.isKeptBack(value)
        }
    }

    /// Whether something of the payload was kept back.
    public var hasGaps: Bool { RecordedExample.holdsKeptBack(body) }

    private static func isKeptBack(_ value: JSONValue) -> Bool {
        guard let text = value.stringValue else { return false }
        return text.hasPrefix("[kept back: ") || text.hasPrefix("[secret ")
    }

    private static func holdsKeptBack(_ value: JSONValue) -> Bool {
        switch value {
        case .array(let elements): elements.contains(where: holdsKeptBack)
        case .object(let object): object.values.contains(where: holdsKeptBack)
        case .string(let text): text.contains("[kept back: ") || text.contains("[secret ")
        default: false
        }
    }

    /// Names and types alone; of a list, each kind of element once.
    private static func skeleton(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            let members = object.entries.map { "\(JSONValue.string($0.key).text):\(skeleton($0.value))" }
            return "{" + members.sorted().joined(separator: ",") + "}"
        case .array(let elements): return "[" + Set(elements.map(skeleton)).sorted().joined(separator: ",") + "]"
        default: return value.typeName
        }
    }
}
