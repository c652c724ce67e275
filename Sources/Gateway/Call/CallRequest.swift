package import Access
package import Contracts
import Wire

/// One logical request to an operation, as a caller hands it to the corridor.
package struct CallRequest: Sendable {
    /// How the operation is named.
    package enum Target: Sendable {
        /// As on the wire; content comes separately. nil once the walk has taken it, to change it in place.
        case passThrough(WireRequest?)
        /// By operation name with `{"path","query","headers","body"}`.
        case typed(operation: String, input: JSONValue)
    }

    /// Who calls.
    package enum Credential: Sendable {
        /// Already recognised: a task of this caller, a browser session.
        case known(Caller)
        /// To be found in the request: `Authorization`, the cookie of a browser session, or the place where this provider's SDK puts
        /// its key.
        case presented
    }

    /// The task step on whose behalf the call is made.
    package struct TaskOrigin: Sendable {
        package let task: String
        package let step: String

        package init(task: String, step: String) {
            self.task = task
            self.step = step
        }
    }

    /// The request as it came, if the caller speaks the provider's own language; it can be taken once.
    mutating func takeWire() -> WireRequest? {
        guard case .passThrough(let wire) = target else { return nil }
        target = .passThrough(nil)
        return wire
    }

    /// Whether the caller speaks the provider's own language.
    var isPassThrough: Bool {
        if case .passThrough = target { true } else { false }
    }

    /// A typed call's input.
    var typedInput: JSONValue? {
        if case .typed(_, let input) = target { input } else { nil }
    }

    package var provider: String
    package var target: Target
    package var credential: Credential
    package var origin: TaskOrigin?
    package var requestID: String
    /// The caller's `Idempotency-Key`, or a task step's.
    package var idempotencyKey: String?
    /// The caller's `Accept-Language`.
    package var language: String?
    /// Whether a slow operation may be answered with a task instead.
    package var mayDefer: Bool
    /// Longest time the caller waits for the answer to begin; the operation's own limit applies when it is shorter.
    package var patience: Duration

    package init(
        provider: String, target: Target, credential: Credential, origin: TaskOrigin? = nil, requestID: String,
        idempotencyKey: String? = nil, language: String? = nil, mayDefer: Bool, patience: Duration = .seconds(60)
    ) {
        self.provider = provider
        self.target = target
        self.credential = credential
        self.origin = origin
        self.requestID = requestID
        self.idempotencyKey = idempotencyKey
        self.language = language
        self.mayDefer = mayDefer
        self.patience = patience
    }
}

/// What the corridor gives back to a caller inside the process.
package enum CallResult: Sendable {
    case answer(CallAnswer)
    /// The operation is slow: to be run as a task with this input.
    case deferred(operation: String, input: JSONValue, caller: Caller)
}
