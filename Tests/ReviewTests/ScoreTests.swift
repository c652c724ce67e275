import Contracts
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
            project: Project(name: "test"), week: counter.lastWeek(), drift: [], unknownWrites: unknownWrites,
            now: .start)
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

    @Test("contract tests prove what they reached lately; what failed, is unproven, new or old stands against them")
    func contractTests() throws {
        func verdict(_ cases: [(String, ProofVerdict)], started: Timestamp = .start) throws -> ScoreCheck.Verdict {
            let provider = Provider(
                name: "rents", operations: [Operation(name: "get", method: "GET", path: try PathTemplate("/a"))])
            let report = ProofReport(
                title: "contract test", started: started.description,
                cases: cases.map { ProofCase(subject: $0.0, kind: "k", name: "n", verdict: $0.1) })
            return score.contractTests(
                Score.Evidence(
                    project: Project(name: "test", providers: [provider]), week: counter.lastWeek(), drift: [],
                    unknownWrites: 0, proof: report, now: .start)
            ).verdict
        }
        #expect(score.contractTests(evidence()).verdict == .notMeasured)
        #expect(try verdict([("rents.get", .passed)]) == .proven)
        #expect(try verdict([("rents.get", .failed)]) == .notProven)
        #expect(try verdict([("rents.get", .unproven)]) == .notProven)
        #expect(try verdict([("rents.old", .passed)]) == .notProven)
        #expect(try verdict([("rents.get", .passed)], started: .start - .seconds(31 * 86_400)) == .notProven)
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
