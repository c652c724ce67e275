extension Problem {
    /// What a failure comes to that nothing else has words for: a full disk, or a mistake of our own.
    package static func unexpected(_ error: any Error) -> Problem {
        if let error = error as? StoreError, error.code == .full {
            return Problem(
                "store_full", source: .footing, status: 507, title: "Footing's disk is full",
                detail: "This cannot be saved at the moment.", isRetryable: true, advice: error.reason,
                log: error.description)
        }
        return Problem(
            "internal", source: .footing, status: 500, title: "Something failed inside Footing",
            detail: "Something went wrong on our side.", isRetryable: true, log: "\(error)")
    }
}
