import Contracts
import Testing

@Suite("Proof report")
struct ProofReportTests {
    private let report = ProofReport(
        title: "contract test", started: "2026-11-25T08:00:00.000Z", environment: "sandbox",
        cases: [
            ProofCase(
                subject: "rents.search", kind: "declared example", name: "example", faults: [],
                duration: .milliseconds(12)),
            ProofCase(
                subject: "rents.search", kind: "boundary", name: "query/limit at most 50",
                faults: ["the answer's status is 500", "<b> & \"c\" \u{1}"], duration: .milliseconds(1_234)),
            ProofCase(
                subject: "rents.list", kind: "declared example", name: "none", verdict: .unproven,
                words: "no example is declared or recorded"),
            ProofCase(subject: "rents.pay", kind: "boundary", name: "all", verdict: .skipped, words: "it pays"),
        ])

    @Test("a failure outweighs everything, what is unproven is not passed, nothing at all is unproven")
    func verdicts() {
        #expect(ProofVerdict.all([.passed, .unproven, .failed]) == .failed)
        #expect(ProofVerdict.all([.passed, .unproven, .skipped]) == .unproven)
        #expect(ProofVerdict.all([.passed, .skipped]) == .passed)
        #expect(ProofVerdict.all([.skipped]) == .skipped)
        #expect(ProofVerdict.all([]) == .unproven)
        #expect(report.verdict == .failed)
        #expect(report.subjects.map(\.verdict) == [.failed, .unproven, .skipped])
    }

    @Test("unproven fails only a strict run")
    func strictness() {
        let unproven = ProofReport(title: "t", started: "", cases: [report.cases[0], report.cases[2]])
        #expect(unproven.isGood(strict: false))
        #expect(!unproven.isGood(strict: true))
        #expect(!report.isGood(strict: false))
        #expect(!ProofReport(title: "t", started: "", cases: []).isGood(strict: true))
    }

    @Test("JUnit shows failures with all faults, the unproven as skipped, and holds no character XML forbids")
    func junit() {
        #expect(
            report.junit() == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="contract test" tests="4" failures="1" errors="0" skipped="2" time="1.246">
                  <testsuite name="rents.search" tests="2" failures="1" errors="0" skipped="0" time="1.246" timestamp="2026-11-25T08:00:00.000Z">
                    <testcase classname="rents.search" name="declared example: example" time="0.012"/>
                    <testcase classname="rents.search" name="boundary: query/limit at most 50" time="1.234">
                      <failure message="the answer&apos;s status is 500" type="failed">the answer&apos;s status is 500&#10;&lt;b&gt; &amp; &quot;c&quot; \u{FFFD}</failure>
                    </testcase>
                  </testsuite>
                  <testsuite name="rents.list" tests="1" failures="0" errors="0" skipped="1" time="0.000" timestamp="2026-11-25T08:00:00.000Z">
                    <testcase classname="rents.list" name="declared example: none" time="0.000">
                      <skipped message="unproven: no example is declared or recorded"/>
                    </testcase>
                  </testsuite>
                  <testsuite name="rents.pay" tests="1" failures="0" errors="0" skipped="1" time="0.000" timestamp="2026-11-25T08:00:00.000Z">
                    <testcase classname="rents.pay" name="boundary: all" time="0.000">
                      <skipped message="it pays"/>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
        #expect(report.junit(strict: true).contains("tests=\"4\" failures=\"2\""))
    }

    @Test("what is written as JSON is read back the same, and something else is refused")
    func json() throws {
        let read = try #require(ProofReport(json: JSONValue.parse(report.json.encoded())))
        #expect(read == report)
        #expect(report.json["counts"]?["unproven"]?.intValue == 1)
        #expect(ProofReport(json: ["form": "footing.proof/2"]) == nil)
        #expect(ProofReport(json: [:]) == nil)
    }
}
