extension Problem {
    /// What a failure comes to that nothing else has words for: a store that cannot write, or a mistake of our own.
    package static func unexpected(_ error: any Error) -> Problem {
        guard let error = error as? StoreError else { return internalProblem("\(error)") }
        switch error.code {
        case .full:
            return Problem(
                "store_full", source: .footing, status: 507, title: "Footing's disk is full",
                detail: "This cannot be saved at the moment.", isRetryable: true, advice: error.reason,
                log: error.description)
        case .unavailable, .overloaded:
            return Problem(
                "store_unavailable", source: .footing, status: 503, title: "Footing's store does not answer",
                detail: "This cannot be saved at the moment.", isRetryable: true, retryAfter: .seconds(2),
                advice: error.reason, log: error.description)
        case .unconfirmed:
            return Problem(
                "store_unconfirmed", source: .footing, status: 503, title: "Footing's store went away",
                detail: "It is not known whether this was saved. Look before you send it again, or send it with the "
                    + "same Idempotency-Key.",
                isRetryable: true, retryAfter: .seconds(2), advice: error.reason, log: error.description)
        default:
            return internalProblem(error.description)
        }
    }

    private static func internalProblem(_ log: String) -> Problem {
        Problem(
            "internal", source: .footing, status: 500, title: "Something failed inside Footing",
            detail: "Something went wrong on our side.", isRetryable: true, log: log)
    }
}
