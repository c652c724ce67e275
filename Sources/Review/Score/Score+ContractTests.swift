import Contracts
import Inventory
import Store

extension Score {
    /// How long a run of contract tests says something.
    private static let proofLifetime = Duration.seconds(30 * 86_400)

    /// From the report of the last whole run: every operation of the inventory must have been proven in it, not long ago.
    func contractTests(_ evidence: Evidence) -> ScoreCheck {
        guard let proof = evidence.proof else {
            return check(
                .notMeasured, [.init("No contract test has reported a result.")],
                next: ("Run the contract tests, here and in CI", "footing contract test"))
        }
        let wanted = evidence.project.providers.flatMap { provider in
            provider.operations.map { "\(provider.name).\($0.name)" }
        }
        let verdicts = Dictionary(proof.subjects.map { ($0.name, $0.verdict) }) { first, _ in first }
        func names(_ verdict: ProofVerdict) -> [String] { wanted.filter { verdicts[$0] == verdict } }
        let passed = names(.passed)
        let isOld = proof.started < (evidence.now - Self.proofLifetime).description
        var found: [ScoreCheck.Evidence] = [
            .init(
                "of \(wanted.count) operations were proven by the contract tests of \(Self.day(proof.started)), in \(proof.cases.count) cases\(proof.environment.map { ", \($0)" } ?? "").",
                count: passed.count, link: "/console/providers")
        ]
        func tell(_ words: String, _ names: [String]) {
            if !names.isEmpty {
                found.append(.init("\(words): \(names.joined(separator: ", ")).", count: names.count))
            }
        }
        tell("failed", names(.failed))
        tell("unproven", names(.unproven) + names(.skipped))
        tell("not in that run", wanted.filter { verdicts[$0] == nil })
        if isOld { found.append(.init("That is more than 30 days ago.")) }
        let isProven = !wanted.isEmpty && passed.count == wanted.count && !isOld
        return check(
            isProven ? .proven : .notProven, found,
            next: isProven ? nil : ("Run the contract tests and look at what is not proven", "footing contract test"))
    }

    private func check(
        _ verdict: ScoreCheck.Verdict, _ evidence: [ScoreCheck.Evidence], next: (text: String, command: String)?
    ) -> ScoreCheck {
        ScoreCheck(
            number: 6, name: "Contract tests in CI",
            question: "Would a vendor change be found before your users find it?", verdict: verdict,
            evidence: evidence, next: next)
    }

    /// `2026-11-25 08:00` of an RFC 3339 time.
    private static func day(_ time: String) -> String {
        "\(time.prefix(10)) \(time.dropFirst(11).prefix(5))"
    }
}
