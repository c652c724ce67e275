package import Contracts

/// Why a task, or the request for one, failed: what the API shows as problem+json (RFC 9457).
///
/// `detail` may be read by the end user; `log` is for the operator's log alone.
package struct TaskProblem: Error, Sendable, Equatable {
    /// Who is to blame.
    package enum Source: String, Sendable {
        case caller, footing, provider
    }

    /// One thing that is wrong with the input.
    package struct FieldError: Sendable, Equatable {
        /// Where (RFC 6901); empty for the input as a whole.
        package let pointer: String
        /// In words a user can read.
        package let message: String

        package init(pointer: String, message: String) {
            self.pointer = pointer
            self.message = message
        }
    }

    /// An open set; compare by value.
    package var code: String
    package var source: Source
    /// The HTTP status that fits.
    package var status: Int
    package var title: String
    package var detail: String
    /// Whether the same request may succeed later.
    package var isRetryable: Bool
    package var errors: [FieldError]
    /// Other members of the problem object: `provider`, `operation`, `request_id`, `retry_after`, ...
    package var members: JSONObject
    package var log: String

    package init(
        _ code: String, source: Source, status: Int, title: String, detail: String, isRetryable: Bool = false,
        errors: [FieldError] = [], members: JSONObject = [:], log: String = ""
    ) {
        self.code = code
        self.source = source
        self.status = status
        self.title = title
        self.detail = detail
        self.isRetryable = isRetryable
        self.errors = errors
        self.members = members
        self.log = log
    }
}

extension TaskProblem: CustomStringConvertible {
    package var description: String { "\(code): \(detail)\(log.isEmpty ? "" : " (\(log))")" }
}
