import Contracts
import Testing

@testable import footing

@Suite("Failures on the command line")
struct FailureTests {
    private static let problem: JSONValue = [
        "title": "Provider did not answer in time", "status": 504, "code": "provider_timeout", "source": "provider",
        "detail": "Your profile is slow to load.", "provider": "supabase", "operation": "select", "request_id": "r_1",
    ]

    @Test("a provider's failure says who, what, what the user read and what to do")
    func block() {
        let failure = Failure(status: 504, problem: Self.problem, subject: "supabase.select")
        let terminal = Terminal(descriptor: -1, isTerminal: false, variable: { $0 == "LANG" ? "C.UTF-8" : nil })
        let expected: [String] = [
            "✗ supabase.select failed  (your app ─ Footing ─ [supabase])",
            "  Provider did not answer in time.",
            "  Your user read: \"Your profile is slow to load.\"",
            "  What to do: footing logs --provider supabase --outcome failed    request r_1",
        ]
        #expect(failure.lines(on: terminal) == expected)
        #expect(failure.json == Self.problem)
    }

    @Test("exit codes tell a script what kind of failure it was")
    func codes() {
        func status(_ http: Int, _ members: JSONObject) -> footing.ExitStatus {
            var problem: JSONObject = ["title": "x"]
            for (key, value) in members { problem[key] = value }
            return Failure(status: http, problem: .object(problem), subject: "x").status
        }
        #expect(status(401, [:]) == .notAllowed)
        #expect(status(403, [:]) == .notAllowed)
        #expect(status(404, [:]) == .notFound)
        #expect(status(404, ["provider": "rents", "code": "operation_unknown"]) == .notFound)
        #expect(status(404, ["provider": "rents", "code": "place_not_found"]) == .failed)
        #expect(status(502, ["provider": "rents"]) == .failed)
    }

    @Test("an answer that is no problem document is a failure too")
    func foreign() {
        #expect(Failure(status: 502, problem: nil, subject: "x").status == .failed)
        #expect(Failure(status: 404, problem: "page", subject: "x").status == .notFound)
    }
}
