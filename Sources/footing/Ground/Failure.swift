import Contracts

/// Why a command did not do what was asked, in words for the person, with the exit code for a script.
struct Failure: Error, Sendable {
    let status: ExitStatus
    /// What happened, without a full stop where it names a call or command.
    let headline: String
    /// Evidence, one line each.
    var evidence: [String] = []
    /// What to do about it; a command where there is one.
    var advice: String?
    /// Which request it was, for the log.
    var requestID: String?
    /// The problem document a server sent (RFC 9457).
    var problem: JSONValue?
    /// Nothing is printed: the command has said it already.
    var isSaid = false

    init(
        _ status: ExitStatus, _ headline: String, evidence: [String] = [], advice: String? = nil,
        requestID: String? = nil, problem: JSONValue? = nil
    ) {
        self.status = status
        self.headline = headline
        self.evidence = evidence
        self.advice = advice
        self.requestID = requestID
        self.problem = problem
    }

    /// An exit code alone.
    static func said(_ status: ExitStatus) -> Failure {
        var failure = Failure(status, "")
        failure.isSaid = true
        return failure
    }

    /// The block of lines that is shown: what happened, evidence, what to do.
    func lines(on terminal: Terminal) -> [String] {
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        let width = terminal.width - indent.count
        var lines = ["\(Shape.fail.text(on: terminal)) \(terminal.sentence(shown(headline, terminal)))"]
        for text in evidence {
            lines += text.printable.wrapped(width).map { indent + $0 }
        }
        let request = requestID.map { "request \($0.printable)" }
        if let advice {
            var told = "What to do: \(advice.printable)".wrapped(width)
            if let request, let last = told.last {
                if last.count + request.count + 4 <= width {
                    told[told.count - 1] = last + "    " + terminal.note(request)
                } else {
                    told.append(terminal.note(request))
                }
            }
            lines += told.map { indent + $0 }
        } else if let request {
            lines.append(indent + terminal.note(request))
        }
        return lines
    }

    private func shown(_ text: String, _ terminal: Terminal) -> String {
        terminal.isUTF8 ? text.printable : String(text.printable.map { $0 == "─" ? "-" : $0 })
    }

    /// The machine's face: the server's problem document, or one of the same shape.
    var json: JSONValue {
        if let problem { return problem }
        var object: JSONObject = ["title": .string(headline), "exit": JSONValue(Int(status.rawValue))]
        if !evidence.isEmpty { object["detail"] = .string(evidence.joined(separator: " ")) }
        if let advice { object["advice"] = .string(advice) }
        return .object(object)
    }
}

extension Failure: CustomStringConvertible {
    /// For reports, in one line.
    var description: String { ([headline] + evidence).joined(separator: ": ") }
}
