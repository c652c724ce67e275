package import Contracts

/// A failure in the one shape every caller, journal and log sees (RFC 9457 problem details).
///
/// `detail` may be read by the end user: it never holds a secret or a provider's own text. `log` is for the operator only and is never sent.
package struct Problem: Error, Sendable, Equatable {
    /// Who failed.
    package enum Source: String, Sendable {
        case caller, footing, provider
    }

    /// One wrong place in the caller's input; `pointer` is an RFC 6901 JSON pointer.
    package struct Fault: Sendable, Equatable {
        package let pointer: String
        package let message: String

        package init(pointer: String, message: String) {
            self.pointer = pointer
            self.message = message
        }
    }

    /// Stable machine word, e.g. `input_invalid`.
    package var code: String
    package var source: Source
    /// HTTP status, 400 to 599.
    package var status: Int
    package var title: String
    package var detail: String
    /// Whether the same request may succeed later.
    package var isRetryable: Bool
    package var retryAfter: Duration?
    package var provider: String?
    package var operation: String?
    package var faults: [Fault]
    /// Further members of the object, e.g. `suggestion`.
    package var members: JSONObject
    /// Methods that the address takes, where the request's is not among them (405): the `Allow` field (RFC 9110, 10.2.1).
    package var allowed: [String] = []
    /// What to do next, for the operator.
    package var advice: String?
    package var log: String

    package init(
        _ code: String, source: Source, status: Int, title: String, detail: String, isRetryable: Bool = false,
        retryAfter: Duration? = nil, provider: String? = nil, operation: String? = nil, faults: [Fault] = [],
        members: JSONObject = [:],
        advice: String? = nil, log: String = ""
    ) {
        self.code = code
        self.source = source
        self.status = status
        self.title = title
        self.detail = detail
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
        self.provider = provider
        self.operation = operation
        self.faults = faults
        self.members = members
        self.advice = advice
        self.log = log
    }
}

extension Problem: CustomStringConvertible {
    package var description: String { "\(code): \(detail)\(log.isEmpty ? "" : " (\(log))")" }
}
