import Access
import Contracts
import Crypto
import Inventory
import NIOCore
import Store
import Synchronization

/// Sixth stage: a write leaves a durable intent before it is sent, so that a crash never makes it happen twice.
///
/// The same key from the same caller for the same operation is the same write: its first answer is given again.
final class Remember: Sendable {
    enum Decision {
        case send
        /// The write was settled earlier; this was its answer.
        case replay(status: Int, body: JSONValue)
    }

    private let store: any CallStore
    private let underWay = Mutex<Set<String>>([])

    init(store: any CallStore) {
        self.store = store
    }

    func run(_ context: inout CallContext) async throws -> Decision {
        guard context.risk != .read, let caller = context.caller else { return .send }
        let scope = context.request.idempotencyKey.map { "key/\(caller.id)/\($0)" } ?? "call/\(context.id)"
        let key = Self.digest("\(scope)/\(context.providerName).\(context.operationName)")
        guard underWay.withLock({ $0.insert(key).inserted }) else {
            throw context.problem(
                "in_progress", .caller, 409, "The same request is under way", "This is already being done.",
                retryable: true,
                after: .seconds(1))
        }
        context.intentKey = key
        context.providerKey = "ft-\(key.prefix(40))"
        switch try await store.beginIntent(
            key: key, callID: context.id, provider: context.providerName, operation: context.operationName,
            at: context.startedAt)
        {
        case .begun:
            return .send
        case .settled(let status, let body):
            return .replay(status: status, body: body)
        case .unknown(let callID):
            guard context.operation?.operation.idempotencyHeader != nil else {
                throw context.problem(
                    "outcome_unknown", .footing, 409, "Nobody knows whether this write happened",
                    "We do not know yet whether this was done. A person is looking into it.",
                    advice: "Look it up at \(context.providerTitle); the call that may have done it is \(callID).")
            }
            return .send
        }
    }

    /// Keeps the outcome of a write, or forgets the intent where it provably had no effect.
    func settle(_ context: CallContext, outcome: Outcome, at: Timestamp) async throws {
        guard let key = context.intentKey else { return }
        switch outcome {
        case .answered(let status, let body): try await store.settleIntent(key: key, status: status, body: body, at: at)
        case .noEffect: try await store.dropIntent(key: key)
        case .unknown: break
        }
    }

    func leave(_ context: CallContext) {
        guard let key = context.intentKey else { return }
        underWay.withLock { _ = $0.remove(key) }
    }

    enum Outcome {
        case answered(status: Int, body: JSONValue)
        /// Never sent, or refused before it was processed.
        case noEffect
        case unknown
    }

    private static func digest(_ text: String) -> String {
        Hex.text(SHA256.hash(data: Array(text.utf8)))
    }
}
