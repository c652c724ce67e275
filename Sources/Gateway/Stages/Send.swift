import HTTPTypes
import Inventory
import NIOCore
import Store

/// Eighth stage: the request goes out, under the provider's limits, as often as it is safe and useful, never beyond the deadline.
struct Send {
    let client: any HTTPSender
    let clock: any WallClock
    let jitter: any Jitter

    func run(_ context: inout CallContext) async throws {
        guard let route = context.route, let origin = context.origin else { return }
        let operation = context.operation?.operation
        let limit = operation?.timeout ?? route.provider.timeouts.total
        let deadline = clock.uptime() + context.request.patience
        var headers = context.wire.headers
        if let header = operation?.idempotencyHeader, let name = HTTPField.Name(header), let key = context.providerKey {
            headers[name] = key
        }
        let request = ClientRequest(
            origin: origin, method: context.wire.method, target: context.wire.target, headers: headers,
            body: context.wire.body)
        var machine = RetryMachine(
            rules: route.provider.retries, statuses: operation?.retryStatuses, isRepeatable: Self.isRepeatable(context))

        var turn = Turn(request: request, limit: limit, deadline: deadline)
        while let wait = try await take(&turn, route, &machine, &context) {
            try await clock.sleep(for: wait)
        }
    }

    /// What the attempts of one call share, and how long the running one was held back.
    private struct Turn {
        let request: ClientRequest
        let limit: Duration
        let deadline: Duration
        var held = Duration.zero
    }

    /// Takes one place at the provider and one attempt; returns the wait before the next attempt, nil when there is none.
    private func take(
        _ turn: inout Turn, _ route: ProviderRoute, _ machine: inout RetryMachine, _ context: inout CallContext
    ) async throws -> Duration? {
        let arrived = clock.uptime()
        await route.gate.enter()
        defer { route.gate.leave() }
        try Task.checkCancellation()
        switch route.gate.admit(at: clock.uptime(), patience: turn.deadline - clock.uptime()) {
        case .refused(let retryAfter):
            throw refusal(context, route, retryAfter)
        case .go(let wait) where wait > .zero:
            try await clock.sleep(for: wait)
        case .go:
            break
        }
        turn.held = clock.uptime() - arrived
        let outcome = try await attempt(turn, route, &machine, &context)
        return try await note(outcome, turn, route, &context)
    }

    /// Sends once and asks the machine what that means.
    private func attempt(
        _ turn: Turn, _ route: ProviderRoute, _ machine: inout RetryMachine, _ context: inout CallContext
    ) async throws -> Attempt {
        let began = clock.uptime()
        let event: RetryMachine.Event
        let mightHaveBefore = context.mayHaveHappened
        // Until the attempt's end is known; a crash or a cancellation in between leaves it so.
        context.mayHaveHappened = true
        do {
            let response = try await client.send(
                turn.request, connectTimeout: route.provider.timeouts.connect,
                timeout: min(turn.limit, turn.deadline - began))
            context.response = response
            context.mayHaveHappened = mightHaveBefore || response.status >= 500
            event = .status(response.status, retryAfter: RetryAfter.wait(in: response.headers, now: clock.now()))
            route.gate.record(failed: response.status >= 500, at: clock.uptime())
        } catch {
            try Task.checkCancellation()
            context.response = nil
            context.mayHaveHappened = mightHaveBefore || error.wasSent
            event = .error(error)
            route.gate.record(failed: true, at: clock.uptime())
        }
        let ended = clock.uptime()
        let action = machine.after(event, remaining: turn.deadline - ended, jitter: jitter.next())
        return Attempt(event: event, action: action, milliseconds: (ended - began).milliseconds)
    }

    private struct Attempt {
        let event: RetryMachine.Event
        let action: RetryMachine.Action
        let milliseconds: Double
    }

    /// Writes the try down, tells who listens, and returns the wait before the next one; nil when the call has its answer.
    private func note(
        _ made: Attempt, _ turn: Turn, _ route: ProviderRoute, _ context: inout CallContext
    ) async throws -> Duration? {
        var status: Int?
        if case .status(let code, let retryAfter) = made.event {
            status = code
            if code == 429, let retryAfter { route.gate.pause(until: clock.uptime() + retryAfter) }
        }
        var wait: Duration?
        var outcome = CallTry.Outcome.ok
        var reason = turn.held < .milliseconds(50) ? nil : "held back by the limits of \(route.provider.title)"
        switch made.action {
        case .answer:
            if let status, status >= 400 {
                outcome = .failed
                reason = "answered \(status)"
            }
        case .wait(let duration, let why):
            (wait, outcome, reason) = (duration, .retried, why)
        case .giveUp(let why):
            (outcome, reason) = (.failed, why)
        }
        let attempt = CallTry(
            number: context.tries.count + 1, at: clock.now(), status: status, outcome: outcome,
            milliseconds: made.milliseconds,
            heldMilliseconds: turn.held.milliseconds, waitedMilliseconds: wait?.milliseconds ?? 0, reason: reason)
        context.tries.append(attempt)
        await context.onTry(attempt)
        if case .giveUp = made.action, case .error(let error) = made.event { throw failure(context, error) }
        return wait
    }

    private static func isRepeatable(_ context: CallContext) -> Bool {
        if let operation = context.operation?.operation {
            return operation.risk == .read || operation.idempotencyHeader != nil
                || idempotentMethods.contains(operation.method)
        }
        return idempotentMethods.contains(context.wire.method)
    }

    private static let idempotentMethods: Set<String> = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"]

    private func refusal(_ context: CallContext, _ route: ProviderRoute, _ retryAfter: Duration) -> Problem {
        let title = route.provider.title
        guard route.gate.breakerPosition(at: clock.uptime()) == .closed else {
            return context.problem(
                "provider_unavailable", .provider, 503, "Provider is failing",
                "\(title) is not answering at the moment.", retryable: true, after: retryAfter,
                advice: "Footing stopped asking after repeated failures and tries again by itself.")
        }
        return context.problem(
            "rate_limited", .provider, 429, "Provider's limit is reached",
            "\(title) is busy. It can be asked again soon.",
            retryable: true, after: retryAfter)
    }

    private func failure(_ context: CallContext, _ error: ClientError) -> Problem {
        let title = context.providerTitle
        let attempts = context.tries.count == 1 ? "" : ", \(context.tries.count) times in a row"
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
                "\(title) cannot be reached\(attempts).",
                retryable: true, log: error.description)
        }
    }
}
