extension ProofReport {
    /// The report as JUnit XML, in the form that CI servers read: a suite for each subject.
    ///
    /// JUnit knows no "unproven": such a case is a skipped one whose message begins with that word, so that it never
    /// counts as a success; with `strict` it is a failure, as the command's exit status says then.
    public func junit(strict: Bool = false) -> String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        lines.append("<testsuites\(attributes(named: title, cases, strict))>")
        for subject in subjects {
            let stamp = " timestamp=\"\(ProofReport.escaped(started))\""
            lines.append("  <testsuite\(attributes(named: subject.name, subject.cases, strict))\(stamp)>")
            for item in subject.cases { lines += ProofReport.lines(item, strict) }
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private func attributes(named name: String, _ cases: [ProofCase], _ strict: Bool) -> String {
        let failures = cases.count { ProofReport.isFailure($0, strict) }
        let skipped = cases.count { $0.verdict != .passed && !ProofReport.isFailure($0, strict) }
        let time = ProofReport.seconds(cases.reduce(0) { $0 + $1.milliseconds })
        return " name=\"\(ProofReport.escaped(name))\" tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\""
            + " skipped=\"\(skipped)\" time=\"\(time)\""
    }

    private static func isFailure(_ item: ProofCase, _ strict: Bool) -> Bool {
        item.verdict == .failed || strict && item.verdict == .unproven
    }

    private static func lines(_ item: ProofCase, _ strict: Bool) -> [String] {
        let head =
            "    <testcase classname=\"\(escaped(item.subject))\" name=\"\(escaped("\(item.kind): \(item.name)"))\""
            + " time=\"\(seconds(item.milliseconds))\""
        let message = item.verdict == .unproven ? "unproven: \(item.words)" : item.words
        if isFailure(item, strict) {
            let detail = escaped(item.faults.joined(separator: "\n"))
            return [
                head + ">",
                "      <failure message=\"\(escaped(message))\" type=\"\(item.verdict.rawValue)\">\(detail)</failure>",
                "    </testcase>",
            ]
        }
        guard item.verdict != .passed else { return [head + "/>"] }
        return [head + ">", "      <skipped message=\"\(escaped(message))\"/>", "    </testcase>"]
    }

    /// Seconds with three decimals.
    private static func seconds(_ milliseconds: Double) -> String {
        let whole = Int(milliseconds.rounded())
        let rest = String(whole % 1000)
        return "\(whole / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    /// For text and attributes of XML 1.0; characters that XML cannot hold become U+FFFD.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            case "\n": result += "&#10;"
            case "\t": result += "&#9;"
            case "\r": result += "&#13;"
            default:
                switch scalar.value {
                case 0..<0x20, 0xFFFE, 0xFFFF: result += "\u{FFFD}"
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}
