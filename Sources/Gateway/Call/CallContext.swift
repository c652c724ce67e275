import Access
import Contracts
import Inventory
import NIOCore
import Store
import Wire

/// All that is known about a call while it walks the corridor; each stage adds what later stages need.
final class CallContext {
    let request: CallRequest
    /// Names the call in the ledger and to the provider; made when first asked for, which most calls never do.
    private(set) lazy var id = ids.next("c_")
    private let ids: any IDSource
    let began: Moment

    // recognise
    var route: ProviderRoute?
    /// nil: undeclared, which development allows and reports.
    var operation: OperationRoute?
    var wire: WireRequest

    // authorise
    var caller: Caller?

    // remember
    /// The key the provider gets on every attempt.
    var providerKey: String?
    /// A durable intent that must be settled.
    var hasIntent = false

    // send
    /// The tries before the last one.
    var tries: [CallTry] = []
    var lastTry: CallTry?
    var providerNanoseconds: Int64 = 0
    /// The injected fault that this call met.
    var fault: Fault?
    /// Some attempt may have had its effect at the provider, though no answer says so.
    var mayHaveHappened = false
    /// The provider's answer, its head and as much of its content as was gathered.
    var response: (head: ResponseHead, body: ByteBuffer)?

    // check answer, map
    var json: JSONValue?
    var drift: [DriftFinding] = []
    /// The request met its contract and held members that the contract does not name.
    var sentUndeclared = false
    /// Status the caller got.
    var status = 0
    /// What the ledger says beside: an injected fault, a replay, an answer from the cache, a check that was left out.
    var notes: [String] = []

    var stages = StageTimes()

    init(_ request: consuming CallRequest, ids: any IDSource, began: Moment) {
        wire = request.takeWire() ?? WireRequest(method: "GET", path: "/", query: nil)
        if case .known(let caller) = request.credential { self.caller = caller }
        self.request = request
        self.ids = ids
        self.began = began
    }

    var providerName: String { request.provider }
    var operationName: String { operation?.operation.name ?? "undeclared" }
    /// An undeclared operation counts as a write unless its method is safe.
    var risk: Risk {
        operation?.operation.risk ?? .usual(of: wire.method)
    }
    /// Whether the answer is given again to who asks with the same key.
    var hasKeptAnswer: Bool { request.idempotencyKey != nil && risk != .read }
    /// What happens when the answer departs from what was agreed.
    var driftPolicy: DriftPolicy { operation?.drift ?? route?.drift ?? .fail }
    /// Takes what must not be kept out of what was sent or answered.
    func redaction(_ side: DriftFinding.Side) -> Redaction {
        let schema =
            switch side {
            case .request: operation?.body
            case .answer: response.flatMap { operation?.contract(of: $0.head.status) }
            }
        return schema.map { Redaction(schema: $0, keepsBackUnknown: true) } ?? .standard
    }
    /// The place of the operation at the provider's gate.
    var gateSlot: Int { operation?.gateSlot ?? route?.undeclaredGateSlot ?? 0 }

    /// A problem that names this call's provider and operation.
    func problem(
        _ code: String, _ source: Problem.Source, _ status: Int, _ title: String, _ detail: String,
        retryable: Bool = false, after: Duration? = nil, faults: [Problem.Fault] = [], advice: String? = nil,
        log: String = ""
    ) -> Problem {
        Problem(
            code, source: source, status: status, title: title, detail: detail, isRetryable: retryable,
            retryAfter: after, provider: providerName, operation: operationName, faults: faults, advice: advice,
            log: log)
    }

    /// What a person calls the provider.
    var providerTitle: String { route?.provider.title ?? providerName }
}
