import Inventory
import Store
import Testing
import Wire

@testable import Gateway

@Suite("Retry machine")
struct RetryMachineTests {
    private let rules = RetryRules(attempts: 4, base: .milliseconds(100), max: .seconds(2))

    private func machine(
        isRepeatable: Bool = true, statuses: Set<Int>? = nil, canReplay: Bool = true
    ) -> RetryMachine {
        RetryMachine(rules: rules, statuses: statuses, isRepeatable: isRepeatable, canReplay: canReplay)
    }

    private func answered(_ status: Int, wait: Duration? = nil, mayRepeat: Bool? = nil) -> RetryMachine.Event {
        .answered(status: status, ProviderWords(wait: wait, mayRepeat: mayRepeat))
    }

    private func after(
        _ machine: inout RetryMachine, _ event: RetryMachine.Event, remaining: Duration = .seconds(60),
        jitter: Double = 0.5, budget: Bool = true
    ) -> RetryMachine.Action {
        machine.after(event, remaining: remaining, jitter: jitter) { budget }
    }

    private func cause(_ action: RetryMachine.Action) -> RetryMachine.Stop.Cause? {
        if case .giveUp(let stop) = action { stop.cause } else { nil }
    }

    private func isAgain(_ action: RetryMachine.Action) -> Bool {
        if case .again = action { true } else { false }
    }

    @Test(
        "a good answer, a caller's mistake and a status that is not listed are the answer",
        arguments: [
            200, 204, 301, 304, 400, 401, 403, 404, 409, 422, 500, 501, 505,
        ])
    func answers(status: Int) {
        var machine = machine()
        #expect(after(&machine, answered(status)) == .answer)
    }

    @Test("the listed statuses are tried again", arguments: [429, 502, 503, 504])
    func listed(status: Int) {
        var machine = machine()
        #expect(isAgain(after(&machine, answered(status))))
        var other = self.machine(statuses: [500])
        #expect(after(&other, answered(status)) == .answer)
        #expect(isAgain(after(&other, answered(500))))
    }

    @Test("waits grow exponentially with full jitter and stop at the longest wait")
    func backoff() {
        let rules = RetryRules(attempts: 10, base: .milliseconds(100), max: .milliseconds(500))
        var machine = RetryMachine(rules: rules, statuses: nil, isRepeatable: true)
        let waits = (0..<5).map { _ in after(&machine, answered(503), jitter: 1) }
        let expected: [Int64] = [100, 200, 400, 500, 500]
        #expect(waits == expected.map { .again(after: .milliseconds($0), reason: "answered 503") })
        var calm = self.machine()
        #expect(after(&calm, answered(503), jitter: 0) == .again(after: .zero, reason: "answered 503"))
        var half = self.machine()
        #expect(after(&half, answered(503), jitter: 0.5) == .again(after: .milliseconds(50), reason: "answered 503"))
    }

    @Test("what the provider asks is waited in full, and up to the base on top, so that not all come back at once")
    func retryAfter() {
        var machine = machine()
        let reason = "rate limited, Retry-After 3 s"
        let event = answered(429, wait: .seconds(3))
        #expect(after(&machine, event, jitter: 0) == .again(after: .seconds(3), reason: reason))
        #expect(after(&machine, event, jitter: 1) == .again(after: .milliseconds(3100), reason: reason))
    }

    @Test("being paced does not use up the attempts nor the budget, but is not endured for ever")
    func pacing() {
        var machine = machine()
        let paced = answered(429, wait: .seconds(1))
        for _ in 0..<60 {
            guard isAgain(after(&machine, paced, remaining: .seconds(300), budget: false)) else {
                Issue.record("expected a wait")
                return
            }
        }
        let last = (0..<4).map { _ in after(&machine, paced, remaining: .seconds(300)) }
        #expect(last.map { cause($0) } == [nil, nil, nil, .attempts])
    }

    @Test("it never waits into a certain time-out: the wait asked for and a useful attempt must fit")
    func deadline() {
        for (wait, remaining) in [(30.0, 10.0), (10.0, 10.0), (9.95, 10.0)] {
            var machine = machine()
            let action = after(
                &machine, answered(503, wait: .seconds(wait)), remaining: .seconds(remaining), jitter: 0)
            #expect(cause(action) == .deadline, "\(wait) of \(remaining)")
        }
        var fits = machine()
        #expect(isAgain(after(&fits, answered(503, wait: .milliseconds(9900)), remaining: .seconds(10), jitter: 0)))
    }

    @Test("a wait of its own choice is shortened to what is left, and there is none when nothing useful is")
    func ownWait() {
        let rules = RetryRules(attempts: 4, base: .seconds(5), max: .seconds(5))
        var machine = RetryMachine(rules: rules, statuses: nil, isRepeatable: true)
        #expect(
            after(&machine, answered(503), remaining: .seconds(1), jitter: 1)
                == .again(after: .milliseconds(900), reason: "answered 503"))
        #expect(
            after(&machine, answered(503, wait: .milliseconds(500)), remaining: .seconds(1), jitter: 1)
                == .again(after: .milliseconds(900), reason: "answered 503, Retry-After 0.5 s"))
        for remaining in [Duration.milliseconds(99), .zero, .seconds(-5)] {
            var late = self.machine()
            #expect(cause(after(&late, answered(503), remaining: remaining, jitter: 0)) == .deadline)
        }
    }

    @Test("attempts are bounded")
    func attempts() {
        var machine = machine()
        for _ in 0..<3 { #expect(isAgain(after(&machine, answered(502)))) }
        #expect(
            after(&machine, answered(502))
                == .giveUp(RetryMachine.Stop(cause: .attempts, reason: "answered 502")))
        var single = RetryMachine(rules: RetryRules(attempts: 1), statuses: nil, isRepeatable: true)
        #expect(cause(after(&single, answered(503))) == .attempts)
    }

    @Test("without budget nothing is tried again, and the budget is asked only when nothing else is in the way")
    func budget() {
        var machine = machine()
        #expect(cause(after(&machine, answered(503), budget: false)) == .budget)
        var asked = 0
        var hopeless = self.machine(isRepeatable: false)
        let event = answered(503)
        _ = hopeless.after(event, remaining: .seconds(60), jitter: 0) {
            asked += 1
            return true
        }
        var late = self.machine()
        _ = late.after(event, remaining: .zero, jitter: 0) {
            asked += 1
            return true
        }
        #expect(asked == 0)
    }

    @Test("a write without a key is never repeated after it may have had its effect", arguments: [500, 502, 503, 504])
    func unsafeWrite(status: Int) {
        var machine = machine(isRepeatable: false, statuses: [500, 502, 503, 504])
        #expect(cause(after(&machine, answered(status))) == .unsafe)
        #expect(cause(after(&machine, answered(status, wait: .seconds(1)))) == .unsafe)
        #expect(cause(after(&machine, answered(status, mayRepeat: true))) == .unsafe)
    }

    @Test(
        "a write without a key is never repeated once a byte of it was sent",
        arguments: [ClientError.Reason.unreachable, .timeout, .closed, .malformed, .tooLarge, .tls])
    func unsafeFailure(reason: ClientError.Reason) {
        var machine = machine(isRepeatable: false)
        #expect(cause(after(&machine, .failed(ClientError(reason, wasSent: true)))) == .unsafe)
    }

    @Test(
        "a write is repeated when no byte of it was sent",
        arguments: [
            ClientError.Reason.unreachable, .timeout, .closed,
        ])
    func unsentWrite(reason: ClientError.Reason) {
        var machine = machine(isRepeatable: false)
        let error = ClientError(reason, wasSent: false)
        #expect(
            after(&machine, .failed(error), jitter: 0)
                == .again(after: .zero, reason: RetryMachine.words(for: error)))
    }

    @Test("a write is repeated when the answer says that it was not processed", arguments: [421, 425, 429])
    func unprocessedWrite(status: Int) {
        var machine = machine(isRepeatable: false, statuses: [421, 425, 429])
        #expect(isAgain(after(&machine, answered(status))))
    }

    @Test("a 403 that names a limit is treated as a 429, another is the answer")
    func limitedByForbidden() {
        var machine = machine(isRepeatable: false)
        let limited = RetryMachine.Event.answered(
            status: 403, ProviderWords(wait: .seconds(2), exhaustedFor: .seconds(2)))
        #expect(
            after(&machine, limited, jitter: 0)
                == .again(after: .seconds(2), reason: "rate limited, Retry-After 2 s"))
        #expect(after(&machine, answered(403)) == .answer)
        var off = self.machine(statuses: [503])
        #expect(after(&off, limited) == .answer, "who does not list 429 does not want it waited out")
    }

    @Test(
        "failures after sending are repeated where that is safe",
        arguments: [
            ClientError.Reason.unreachable, .timeout, .closed,
        ])
    func repeatableFailure(reason: ClientError.Reason) {
        var machine = machine()
        #expect(isAgain(after(&machine, .failed(ClientError(reason, wasSent: true)))))
    }

    @Test(
        "broken certificates, broken answers and oversized answers are not asked for again",
        arguments: [ClientError.Reason.tls, .malformed, .tooLarge])
    func hopeless(reason: ClientError.Reason) {
        var machine = machine()
        let error = ClientError(reason, wasSent: true)
        #expect(
            after(&machine, .failed(error))
                == .giveUp(RetryMachine.Stop(cause: .hopeless, reason: RetryMachine.words(for: error))))
    }

    @Test("once something of an answer went to the caller there is no second attempt")
    func answerBegun() {
        var machine = machine()
        machine.answerReachedCaller()
        #expect(cause(after(&machine, .failed(ClientError(.closed, wasSent: true)))) == .answerBegun)
        #expect(cause(after(&machine, answered(429, wait: .seconds(1)))) == .answerBegun)
    }

    @Test("a body too large to keep is not sent a second time, and that is told apart")
    func bodyTooLarge() {
        var machine = machine()
        machine.bodyCannotBeReplayed()
        #expect(cause(after(&machine, answered(503))) == .bodyTooLarge)
        var streamed = self.machine(canReplay: false)
        #expect(cause(after(&streamed, .failed(ClientError(.unreachable, wasSent: false)))) == .bodyTooLarge)
    }

    @Test("the provider's own word counts: no means no, yes makes an unlisted status worth a try where it is safe")
    func providersWord() {
        var machine = machine()
        #expect(cause(after(&machine, answered(503, mayRepeat: false))) == .providerSaidNo)
        #expect(isAgain(after(&machine, answered(409, mayRepeat: true))))
        var write = self.machine(isRepeatable: false)
        #expect(cause(after(&write, answered(409, mayRepeat: true))) == .unsafe)
    }

    @Test("what only looks, carries a key or has an idempotent method may be repeated; money needs a key")
    func repeatable() {
        func isRepeatable(_ method: String, _ risk: Risk, key: Bool = false) -> Bool {
            RetryMachine.isRepeatable(method: method, risk: risk, hasKey: key)
        }
        for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"] {
            #expect(isRepeatable(method, .write))
            #expect(!isRepeatable(method, .payment))
        }
        for method in ["POST", "PATCH", "CONNECT", "get", ""] {
            #expect(!isRepeatable(method, .write))
            #expect(isRepeatable(method, .read))
            #expect(isRepeatable(method, .payment, key: true))
        }
    }

    @Test("an attempt's times are the provider's or the operation's, cut to what is left")
    func times() {
        let timeouts = Timeouts(connect: .seconds(2), firstByte: .seconds(4), total: .seconds(15))
        func times(_ operation: Duration?, _ remaining: Duration) -> [Duration] {
            let times = AttemptTimes(timeouts, operation: operation, remaining: remaining)
            return [times.connect, times.firstByte, times.total]
        }
        #expect(times(nil, .seconds(60)) == [.seconds(2), .seconds(4), .seconds(15)])
        #expect(times(.seconds(30), .seconds(60)) == [.seconds(2), .seconds(4), .seconds(30)])
        #expect(times(nil, .seconds(3)) == [.seconds(2), .seconds(3), .seconds(3)])
        #expect(times(nil, .seconds(-1)) == [.zero, .zero, .zero])
        let plain = AttemptTimes(Timeouts(total: .seconds(9)), operation: nil, remaining: .seconds(60))
        #expect(plain.firstByte == .seconds(9))
    }

    @Test("whatever comes, in whatever order: attempts and waits stay in their bounds")
    func bounds() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            var machine = machine(isRepeatable: Bool.random(using: &random))
            var left = Duration.seconds(20)
            var sent = 1
            loop: while sent <= 1000 {
                let event: RetryMachine.Event =
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: answered([429, 503, 403, 421].randomElement() ?? 429, wait: .milliseconds(Int64(sent)))
                    case 1: answered(503)
                    case 2: .failed(ClientError(.closed, wasSent: Bool.random(using: &random)))
                    default: answered(429)
                    }
                switch after(&machine, event, remaining: left, jitter: Double.random(in: 0...1, using: &random)) {
                case .again(let wait, _):
                    #expect(wait >= .zero && wait + RetryMachine.leastUseful <= left)
                    left -= wait
                    sent += 1
                case .answer, .giveUp:
                    break loop
                }
            }
            #expect(sent <= 4 + 60)
        }
    }
}
