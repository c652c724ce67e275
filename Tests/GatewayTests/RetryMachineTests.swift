import Inventory
import Testing

@testable import Gateway

@Suite("Retry machine")
struct RetryMachineTests {
    private let rules = RetryRules(attempts: 4, base: .milliseconds(100), max: .seconds(2))

    private func machine(isRepeatable: Bool = true, statuses: Set<Int>? = nil) -> RetryMachine {
        RetryMachine(rules: rules, statuses: statuses, isRepeatable: isRepeatable)
    }

    @Test("a good answer is the answer")
    func goodAnswer() {
        var machine = machine()
        #expect(machine.after(.status(200, retryAfter: nil), remaining: .seconds(10), jitter: 1) == .answer)
    }

    @Test("waits grow exponentially with full jitter and stop at the longest wait")
    func backoff() {
        var machine = RetryMachine(
            rules: RetryRules(attempts: 10, base: .milliseconds(100), max: .milliseconds(500)), statuses: nil,
            isRepeatable: true)
        let waits = (0..<5).map { _ in machine.after(.status(503, retryAfter: nil), remaining: .seconds(60), jitter: 1)
        }
        let expected: [Int64] = [100, 200, 400, 500, 500]
        #expect(waits == expected.map { .wait(.milliseconds($0), reason: "answered 503") })
        var calm = self.machine()
        #expect(
            calm.after(.status(503, retryAfter: nil), remaining: .seconds(60), jitter: 0)
                == .wait(.zero, reason: "answered 503"))
    }

    @Test("Retry-After is honoured where it is longer than the backoff")
    func retryAfter() {
        var machine = machine()
        #expect(
            machine.after(.status(429, retryAfter: .seconds(3)), remaining: .seconds(10), jitter: 1)
                == .wait(.seconds(3), reason: "rate limited, Retry-After 3 s"))
    }

    @Test("being paced does not use up the attempts, but is not endured for ever")
    func pacing() {
        var machine = machine()
        let paced = RetryMachine.Event.status(429, retryAfter: .seconds(1))
        for _ in 0..<60 {
            guard case .wait = machine.after(paced, remaining: .seconds(300), jitter: 0.5) else {
                Issue.record("expected a wait")
                return
            }
        }
        let last = (0..<4).map { _ in machine.after(paced, remaining: .seconds(300), jitter: 0.5) }
        #expect(last.last == .giveUp(reason: "rate limited, Retry-After 1 s"))
    }

    @Test("it never waits into a certain time-out")
    func deadline() {
        var machine = machine()
        #expect(
            machine.after(.status(503, retryAfter: .seconds(30)), remaining: .seconds(10), jitter: 1)
                == .giveUp(reason: "answered 503, Retry-After 30 s"))
    }

    @Test("attempts are bounded")
    func attempts() {
        var machine = machine()
        for _ in 0..<3 {
            guard case .wait = machine.after(.status(502, retryAfter: nil), remaining: .seconds(60), jitter: 0.5) else {
                Issue.record("expected a wait")
                return
            }
        }
        #expect(
            machine.after(.status(502, retryAfter: nil), remaining: .seconds(60), jitter: 0.5)
                == .giveUp(reason: "answered 502"))
    }

    @Test("a write without a key is never repeated after it was sent", arguments: [500, 502, 503, 504])
    func unsafeWrite(status: Int) {
        var machine = machine(isRepeatable: false, statuses: [500, 502, 503, 504])
        #expect(machine.after(.status(status, retryAfter: nil), remaining: .seconds(60), jitter: 0.5) == .answer)
        var broken = self.machine(isRepeatable: false)
        let lost = ClientError(.closed, wasSent: true)
        #expect(
            broken.after(.error(lost), remaining: .seconds(60), jitter: 0.5) == .giveUp(reason: "closed the connection")
        )
    }

    @Test("a write is repeated when no byte of it was sent, or when the provider said 429")
    func safeWrite() {
        var machine = machine(isRepeatable: false)
        let refused = ClientError(.unreachable, wasSent: false)
        #expect(
            machine.after(.error(refused), remaining: .seconds(60), jitter: 0)
                == .wait(.zero, reason: "could not be reached"))
        #expect(
            machine.after(.status(429, retryAfter: nil), remaining: .seconds(60), jitter: 0)
                == .wait(.zero, reason: "rate limited"))
    }

    @Test(
        "broken certificates, broken answers and oversized answers are not asked for again",
        arguments: [
            ClientError.Reason.tls, .malformed, .tooLarge,
        ])
    func hopeless(reason: ClientError.Reason) {
        var machine = machine()
        let error = ClientError(reason, wasSent: true)
        #expect(
            machine.after(.error(error), remaining: .seconds(60), jitter: 0)
                == .giveUp(reason: RetryMachine.words(for: error)))
    }
}
