import Store

extension RetryMachine {
    /// What people read about an answer that was not the last word.
    static func words(for status: Int, isLimit: Bool, wait: Duration?) -> String {
        let what = isLimit ? "rate limited" : "answered \(status)"
        guard let wait else { return what }
        return "\(what), Retry-After \(seconds(wait))"
    }

    /// What people read about a failed attempt.
    package static func words(for error: ClientError) -> String {
        switch error.reason {
        case .unreachable: "could not be reached"
        case .tls: "no trusted connection"
        case .timeout: "no answer in time"
        case .closed: "closed the connection"
        case .malformed: "broken answer"
        case .tooLarge: "answer too large"
        }
    }

    private static func seconds(_ duration: Duration) -> String {
        let tenths = Int((duration.milliseconds / 100).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
