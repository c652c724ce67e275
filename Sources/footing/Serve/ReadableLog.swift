import Contracts

/// Turns the server's log lines (JSON) into lines a person reads, on a terminal only.
enum ReadableLog {
    static func sink(for terminal: Terminal) -> @Sendable (String) -> Void {
        guard terminal.isTerminal else { return { terminal.line($0) } }
        return { line in terminal.line(text(line, on: terminal)) }
    }

    static func text(_ line: String, on terminal: Terminal) -> String {
        guard let record = try? JSONValue.parse(line), let message = record.words("message") else {
            return line.printable
        }
        if message == "call", record.words("provider") != nil { return CallLine(terminal: terminal).text(record) }
        let time = record.moment("at")?.clockText ?? ""
        let level = record.words("level") ?? ""
        let fields = (record.objectValue?.entries ?? []).filter {
            !["at", "level", "message", "label"].contains($0.key)
        }
        .map { "\($0.key)=\($0.value.stringValue ?? $0.value.text)".printable }
        let shape: Shape =
            switch level {
            case "error", "critical": .fail
            case "warning": .slow
            default: .none
            }
        let text = ([message] + fields).joined(separator: " ")
        return "\(terminal.note(time)) \(shape.text(on: terminal)) \(shape.ink == .note ? terminal.note(text) : text)"
    }
}
