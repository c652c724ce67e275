import Store

/// What goes wrong, in words.
extension CallWalk {
    func problem(for error: any Error) -> Problem {
        switch error {
        case let problem as Problem:
            return named(problem)
        case is CancellationError:
            return context.problem("caller_left", .caller, 499, "The caller left", "The request was cancelled.")
        case let error as ClientError:
            return problem(for: error)
        default:
            return named(.unexpected(error))
        }
    }

    private func named(_ problem: Problem) -> Problem {
        var problem = problem
        problem.provider = problem.provider ?? context.providerName
        problem.operation = problem.operation ?? context.operationName
        return problem
    }

    func problem(for refusal: GateRefusal) -> Problem {
        let title = context.providerTitle
        switch refusal.reason {
        case .switchedOff:
            return context.problem(
                "provider_off", .footing, 503, "Provider is switched off", "\(title) is switched off at the moment.",
                advice: refusal.switchedOff.map {
                    "Switched off by \($0.by): \($0.reason). Switch it on again: footing provider enable \(context.providerName)"
                })
        case .providerBreaker, .operationBreaker, .warmingUp:
            return context.problem(
                "provider_unavailable", .provider, 503, "Provider is failing",
                "\(title) is not answering at the moment.", retryable: true, after: refusal.retryAfter,
                advice: "Footing stopped asking after repeated failures and tries again by itself.",
                log: refusal.reason.rawValue)
        case .held, .rate, .daily, .remaining, .crowded:
            return context.problem(
                "rate_limited", .provider, 429, "Provider's limit is reached",
                "\(title) is busy. It can be asked again soon.", retryable: true, after: refusal.retryAfter,
                log: refusal.reason.rawValue)
        }
    }

    func tooBusy() -> Problem {
        context.problem(
            "rate_limited", .provider, 429, "Provider's limit is reached",
            "\(context.providerTitle) is busy. It can be asked again soon.", retryable: true, after: .seconds(1),
            log: "no place became free in time")
    }

    func problem(for error: ClientError) -> Problem {
        let title = context.providerTitle
        let made = context.tries.count + 1
        let attempts = made == 1 ? "" : ", \(made) times in a row"
        switch error.reason {
        case .timeout:
            return context.problem(
                "provider_timeout", .provider, 504, "Provider did not answer in time",
                "\(title) did not answer in time\(attempts).", retryable: true, log: error.description)
        case .malformed, .tooLarge:
            return context.problem(
                "provider_answer_broken", .provider, 502, "Provider's answer cannot be used",
                "\(title) sent an answer that cannot be used.", log: error.description)
        case .unreachable, .tls, .closed:
            return context.problem(
                "provider_unreachable", .provider, 502, "Provider cannot be reached",
                "\(title) cannot be reached\(attempts).", retryable: true, log: error.description)
        }
    }
}
