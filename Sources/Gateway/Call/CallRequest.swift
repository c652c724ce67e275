package import Access
package import Contracts
package import HTTPTypes
package import NIOCore

/// One logical request to an operation, as a caller hands it to the corridor.
package struct CallRequest: Sendable {
    /// How the operation is named.
    package enum Target: Sendable {
        /// As on the wire: method, percent-encoded path below the provider, raw query.
        case passThrough(method: String, path: String, query: String?, headers: HTTPFields, body: ByteBuffer)
        /// By operation name with `{"path","query","headers","body"}`.
        case typed(operation: String, input: JSONValue)
    }

    /// Who calls.
    package enum Credential: Sendable {
        /// Already recognised: a task of this caller, a browser session.
        case known(Caller)
        /// To be found in the request: `Authorization`, or the place where this provider's SDK puts its key.
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

    /// Whether the caller speaks the provider's own language.
    var isPassThrough: Bool {
        if case .passThrough = target { true } else { false }
    }

    package var provider: String
    package var target: Target
    package var credential: Credential
    package var origin: TaskOrigin?
    package var requestID: String
    /// The caller's `Idempotency-Key`, or a task step's.
    package var idempotencyKey: String?
    /// Whether a slow operation may be answered with a task instead.
    package var mayDefer: Bool
    /// Longest time the caller waits in all; the operation's own limit applies when it is shorter.
    package var patience: Duration

    package init(
        provider: String, target: Target, credential: Credential, origin: TaskOrigin? = nil, requestID: String,
        idempotencyKey: String? = nil, mayDefer: Bool, patience: Duration = .seconds(60)
    ) {
        self.provider = provider
        self.target = target
        self.credential = credential
        self.origin = origin
        self.requestID = requestID
        self.idempotencyKey = idempotencyKey
        self.mayDefer = mayDefer
        self.patience = patience
    }
}

/// What the corridor gives back.
package enum CallResult: Sendable {
    case answer(CallAnswer)
    /// The operation is slow: to be run as a task with this input.
    case deferred(operation: String, input: JSONValue, caller: Caller)
}

/// An answer for the caller: checked, mapped, free of connection fields.
package struct CallAnswer: Sendable {
    package var status: Int
    package var headers: HTTPFields
    package var body: ByteBuffer
    /// The body as JSON where it is JSON.
    package var json: JSONValue?

    package init(status: Int, headers: HTTPFields, body: ByteBuffer, json: JSONValue?) {
        self.status = status
        self.headers = headers
        self.body = body
        self.json = json
    }
}
