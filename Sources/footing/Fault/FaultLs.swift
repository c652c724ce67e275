import ArgumentParser
import Contracts
import Store

/// `footing fault ls`: the failures that are played.
struct FaultLs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "List the failures that are played.",
        discussion: """
            Example:
              footing fault ls
            Next: footing fault rm ID
            """)

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let answer = try await options.client().get("/v1/faults", subject: "the list of faults")
        let terminal = Terminal.output
        options.json
            ? terminal.line(answer.pretty())
            : terminal.lines(Self.lines(answer.list("faults"), at: SystemClock().now(), on: terminal))
    }

    static func lines(_ faults: [JSONValue], at now: Timestamp, on terminal: Terminal) -> [String] {
        guard !faults.isEmpty else {
            return [terminal.sentence("No fault is played."), "Play one: footing fault add --help"]
        }
        var table = Table("id", "calls to", "what happens", "until")
        for fault in faults {
            let until = fault.moment("expires").map { "in \(Words.duration(max(0, ($0 - now).milliseconds)))" }
            table.add(fault.words("id") ?? "", target(fault), words(fault), until ?? "it is removed")
        }
        return [terminal.sentence("\(Words.count(faults.count, "fault")) in force.")] + table.lines(on: terminal)
            + ["Next: footing fault rm --all"]
    }

    /// `stripe.charge`, or `stripe` for all of its operations.
    static func target(_ fault: JSONValue) -> String {
        [fault.words("provider"), fault.words("operation")].compactMap { $0 }.joined(separator: ".")
    }

    /// `answers 503 after 2 s, to 20 in 100 calls`.
    static func words(_ fault: JSONValue) -> String {
        let delay = fault.double("delay_ms") ?? 0
        let after = delay > 0 ? " after \(Words.wait(delay))" : ""
        let effect =
            switch fault.words("kind") {
            case "status": "answers \(fault.int("status") ?? 0)\(after)"
            case "delay": "is \(Words.wait(delay)) later"
            case "drop": "hangs up\(after)"
            case "truncated": "breaks off its answer\(after)"
            case "garbage": "answers nonsense\(after)"
            default: "fails\(after)"
            }
        let rate = fault.double("rate") ?? 1
        guard rate < 1 else { return "\(effect), to every call" }
        let share = rate * 100
        let text = share == share.rounded() ? String(Int(share)) : Words.decimal(share, 1)
        return "\(effect), to \(text) in 100 calls"
    }
}
