import Access
import Contracts
import Crypto
import Inventory
import NIOCore
import Store
import Wire

/// Sixth stage: a write leaves a durable intent before it is sent, so that a crash never makes it happen twice.
///
/// The same key from the same caller for the same operation is the same write: its first answer is given again.
struct Remember {
    /// Answers of writes are gathered up to here, so that their outcome is durable before the caller has them; longer ones stream.
    static let answerLimit = 1 << 20

    let node: String

    /// The intent of a write; nil for reads.
    func intent(_ context: CallContext) -> NewIntent? {
        guard context.risk != .read, let caller = context.caller else { return nil }
        let scope = context.request.idempotencyKey.map { "key/\(caller.id)/\($0)" } ?? "call/\(context.id)"
        let digest = Self.digest("\(scope)/\(context.providerName).\(context.operationName)")
        let honoursKey = context.operation?.operation.idempotencyHeader != nil
        return NewIntent(
            callID: context.id, caller: caller.id, callerName: caller.name, provider: context.providerName,
            operation: context.operationName, key: context.request.idempotencyKey,
            fingerprint: Self.fingerprint(context.wire), providerKey: honoursKey ? "ft-\(digest.prefix(40))" : nil,
            risk: context.risk, node: node, begun: context.began.wall)
    }

    /// What the store's word means: go on and send, the stored answer, or a problem.
    func resume(_ start: IntentStart, _ intent: NewIntent, _ context: CallContext) throws(Problem) -> Replay? {
        switch start {
        case .begun:
            context.providerKey = intent.providerKey
            context.hasIntent = true
            return nil
        case .repeated(let callID, let providerKey):
            context.providerKey = providerKey
            context.hasIntent = true
            context.notes.append("repeats call \(callID), whose outcome was unknown, with the same key")
            return nil
        case .answered(let answer, let callID, let expires):
            context.notes.append("answer of call \(callID) given again")
            return Replay(answer: answer, expires: expires)
        case .inFlight(let callID, _):
            throw context.problem(
                "in_progress", .caller, 409, "The same request is under way", "This is already being done.",
                retryable: true, after: .seconds(1), log: "call \(callID)")
        case .conflict(let callID):
            throw context.problem(
                "idempotency_conflict", .caller, 422, "Idempotency key was used for another request",
                "This was already asked for in another way.",
                advice: "Use a fresh Idempotency-Key for each new write.", log: "call \(callID)")
        case .unknown(let callID, _):
            throw context.problem(
                "outcome_unknown", .footing, 409, "Nobody knows whether this write happened",
                "We do not know yet whether this was done. A person is looking into it.",
                advice: "Look it up at \(context.providerTitle), then: footing calls settle \(callID)")
        }
    }

    struct Replay {
        let answer: StoredAnswer
        let expires: Timestamp

        var head: ResponseHead {
            var fields = FieldList()
            for field in answer.fields {
                if let name = FieldName(field.name) { fields.append(name, field.value) }
            }
            fields.append(.idempotentReplayed, "true")
            fields.append(.idempotencyExpires, HTTPDate.text(expires))
            return ResponseHead(status: answer.status, fields: fields, length: .exactly(answer.body?.count ?? 0))
        }
    }

    /// What is kept of an answer.
    static func stored(_ head: ResponseHead, _ body: ByteBuffer) -> StoredAnswer {
        var fields: [StoredAnswer.Field] = []
        head.fields.forEach { name, value in fields.append(StoredAnswer.Field(name, value)) }
        return StoredAnswer(status: head.status, fields: fields, body: Array(body.readableBytesView))
    }

    private static func fingerprint(_ wire: WireRequest) -> String {
        var hash = SHA256()
        hash.update(data: Array("\(wire.method) \(wire.target)\n\(wire.length)\n".utf8))
        wire.body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
        return Hex.text(hash.finalize())
    }

    private static func digest(_ text: String) -> String {
        Hex.text(SHA256.hash(data: Array(text.utf8)))
    }
}
