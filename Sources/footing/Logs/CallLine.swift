import Contracts
import Store

/// A call of the ledger as one line: time, state, operation, status, time spent, setbacks or who failed.
struct CallLine {
    let terminal: Terminal

    func text(_ call: JSONValue) -> String {
        let outcome = call.words("outcome") ?? ""
        let name = "\(call.words("provider") ?? "").\(call.words("operation") ?? "")"
        let status = call.int("status").map(String.init) ?? "-"
        let time = call.moment("at")?.clockText ?? ""
        let spent = Words.duration(call.double("ms") ?? 0).flushRight(9)
        let start = "\(terminal.note(time)) \(Self.shape(outcome).text(on: terminal)) "
        return start + "\(name.padded(26)) \(status.flushRight(3)) \(spent)  \(terminal.note(Self.remark(call)))"
    }

    /// Why it is worth looking at; the id where nothing is.
    private static func remark(_ call: JSONValue) -> String {
        let tries = call.list("tries")
        switch call.words("outcome") {
        case "failed":
            return [call.words("code"), call.words("who"), call.words("id")].compactMap { $0 }.joined(separator: ", ")
        case "retried":
            let statuses = tries.filter { $0.words("outcome") != "ok" }.map {
                $0.int("status").map(String.init) ?? "no answer"
            }
            let waited = tries.reduce(0) { $0 + ($1.double("waited_ms") ?? 0) }
            return "\(statuses.joined(separator: " and ")), waited \(Words.wait(waited))"
        default:
            return call.words("task") ?? call.words("caller") ?? ""
        }
    }

    static func shape(_ outcome: String) -> Shape {
        switch outcome {
        case "answered": .ok
        case "retried": .slow
        case "failed": .fail
        default: .none
        }
    }
}
