import Access
import Contracts
import HTTPTypes
import Inventory
import NIOCore
import Store

/// All that is known about a call while it walks the corridor; each stage adds what later stages need.
struct CallContext {
    let request: CallRequest
    let id: String
    let startedAt: Timestamp
    let startedUptime: Duration
    let onTry: @Sendable (CallTry) async -> Void

    // recognise
    var route: ProviderRoute?
    /// nil: undeclared, which development allows and reports.
    var operation: OperationRoute?
    var wire: WireRequest
    var pathParameters: [String: String] = [:]

    // authorise
    var caller: Caller?

    // remember
    var intentKey: String?
    /// The key the provider gets on every attempt.
    var providerKey: String?

    // send
    var origin: ServiceURL?
    var tries: [CallTry] = []
    var response: ClientResponse?
    /// Some attempt may have had its effect at the provider, though no answer says so.
    var mayHaveHappened = false

    // check answer, map
    var json: JSONValue?
    var drift: [DriftFinding] = []
    var answer: CallAnswer?
    var deferredInput: JSONValue?

    var stages: [(name: String, milliseconds: Double)] = []

    init(
        request: CallRequest, id: String, startedAt: Timestamp, startedUptime: Duration,
        onTry: @escaping @Sendable (CallTry) async -> Void
    ) {
        self.request = request
        self.id = id
        self.startedAt = startedAt
        self.startedUptime = startedUptime
        self.onTry = onTry
        if case .known(let caller) = request.credential { self.caller = caller }
        self.wire = WireRequest(method: "GET", path: "/", query: nil, headers: HTTPFields(), body: ByteBuffer())
    }

    var providerName: String { request.provider }
    var operationName: String { operation?.operation.name ?? "undeclared" }
    /// An undeclared operation counts as a write unless its method is safe.
    var risk: Risk {
        operation?.operation.risk ?? (["GET", "HEAD", "OPTIONS"].contains(wire.method) ? .read : .write)
    }

    /// A problem that names this call's provider and operation.
    func problem(
        _ code: String, _ source: Problem.Source, _ status: Int, _ title: String, _ detail: String,
        retryable: Bool = false, after: Duration? = nil, faults: [Problem.Fault] = [], advice: String? = nil,
        log: String = ""
    ) -> Problem {
        Problem(
            code, source: source, status: status, title: title, detail: detail, isRetryable: retryable,
            retryAfter: after,
            provider: providerName, operation: operationName, faults: faults, advice: advice, log: log)
    }

    /// What a person calls the provider.
    var providerTitle: String { route?.provider.title ?? providerName }
}

/// The request as it will go to the provider, before it is signed.
struct WireRequest: Sendable {
    var method: String
    /// Percent-encoded, beginning with `/`.
    var path: String
    /// Raw query without `?`.
    var query: String?
    var headers: HTTPFields
    var body: ByteBuffer

    var target: String {
        guard let query, !query.isEmpty else { return path }
        return path + "?" + query
    }
}
