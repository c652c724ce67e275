/// Gathers what is wrong while files are read, and the keys that each place of a file knows.
///
/// Findings leave through `sorted`, which takes out the text of every secret that was met on the way, so that no
/// message can show one by accident. Used by one load on one thread.
final class FindingCollector {
    private var findings: [Finding] = []
    private var hidden: Set<String> = []
    /// Known keys by place, such as `provider/operations/*`.
    private(set) var knownKeys: [String: Set<String>] = [:]

    /// How many errors there are so far.
    private(set) var errorCount = 0

    func report(_ finding: Finding) {
        if finding.severity == .error { errorCount += 1 }
        findings.append(finding)
    }

    func error(
        _ message: String, in file: String, at position: Position = .start, path: String = "", expected: String? = nil,
        suggestion: String? = nil
    ) {
        report(
            Finding(
                severity: .error, file: file, line: position.line, column: position.column, path: path,
                message: message, expected: expected, suggestion: suggestion))
    }

    func warning(_ message: String, in file: String, at position: Position = .start, path: String = "") {
        report(
            Finding(
                severity: .warning, file: file, line: position.line, column: position.column, path: path,
                message: message))
    }

    /// Keeps a text out of every finding.
    func hide(_ secret: String) {
        hidden.insert(secret)
    }

    func learn(_ keys: [String], at place: String) {
        knownKeys[place, default: []].formUnion(keys)
    }

    /// All findings by file, line and column, each once, without secrets.
    func sorted() -> [Finding] {
        var seen: Set<Finding> = []
        return findings.map(redacted).filter { seen.insert($0).inserted }.sorted { left, right in
            (left.file, left.line, left.column) < (right.file, right.line, right.column)
        }
    }

    private func redacted(_ finding: Finding) -> Finding {
        guard !hidden.isEmpty else { return finding }
        func clean(_ text: String) -> String {
            hidden.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "(hidden)") : $0 }
        }
        return Finding(
            severity: finding.severity, file: finding.file, line: finding.line, column: finding.column,
            path: clean(finding.path), message: clean(finding.message), expected: finding.expected.map(clean),
            suggestion: finding.suggestion.map(clean))
    }
}
