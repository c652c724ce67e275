import Inventory
import Store
import TestSupport
import Testing

@testable import Review

@Suite("Score from counts")
struct ScoreTests {
    private let folder: TemporaryFolder
    private let score: Score
    private let counter = CallCounter(clock: ManualClock())

    init() throws {
        folder = try TemporaryFolder()
        let store = try SQLiteStore.open(path: folder.file("state.db"))
        score = Score(store: store, counter: counter, clock: ManualClock())
    }

    private func evidence(unknownWrites: Int = 0) -> Score.Evidence {
        Score.Evidence(
            project: Project(name: "test"), week: counter.lastWeek(), drift: [], unknownWrites: unknownWrites)
    }

    @Test("what nobody has seen is not measured")
    func nothing() {
        let evidence = evidence()
        for check in [
            score.longWork(evidence), score.answersChecked(evidence), score.retries(evidence),
            score.logLines(evidence), score.errorsReadable(evidence), score.rateLimits(evidence),
        ] {
            #expect(check.verdict == .notMeasured, "\(check.name)")
        }
    }

    @Test("an answer after more than five seconds stands against long work off the request, a failure does not")
    func longWork() {
        counter.count(.sample(1, milliseconds: 5000))
        counter.count(.sample(2, outcome: .failed, who: "provider", milliseconds: 20_000))
        #expect(score.longWork(evidence()).verdict == .proven)
        counter.count(.sample(3, milliseconds: 5001))
        let check = score.longWork(evidence())
        #expect(check.verdict == .notProven)
        #expect(check.evidence.map(\.count) == [nil, 2, 1])
    }

    @Test("one write that nobody knows the outcome of outweighs every retry that went well")
    func retries() {
        #expect(score.retries(evidence()).verdict == .notMeasured)
        counter.count(.sample(1, outcome: .retried, statuses: [503, 200]))
        #expect(score.retries(evidence()).verdict == .proven)
        let check = score.retries(evidence(unknownWrites: 1))
        #expect(check.verdict == .notProven && check.next?.command == "footing calls unknown")
    }

    @Test("reads that were only counted are evidence like those with a row")
    func counted() {
        let slot = counter.slot(provider: "rents", operation: "search")
        for _ in 0..<100 where counter.tally(.read(slot: slot)) { counter.count(.sample(1)) }
        let check = score.logLines(evidence())
        #expect(check.verdict == .proven && check.evidence.first?.count == 100)
    }
}
