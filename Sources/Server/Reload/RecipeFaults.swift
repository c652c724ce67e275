package import Inventory
import Synchronization

/// Which recipes in force cannot be run.
///
/// A fault in a recipe that runs is a reason to refuse a change, so that its last good form stays. A recipe that is faulty
/// already, as one may be since the start, has no good form to be kept: it fails its own tasks and stands in nobody's way.
package final class RecipeFaults: Sendable {
    /// Files of faulty recipes; nil until they have been looked at.
    private let files = Mutex<Set<String>?>(nil)

    package init() {}

    /// The recipes of the start were looked at, unless a reload has come first.
    func begin(_ findings: [Finding]) {
        files.withLock { $0 = $0 ?? Self.faulty(findings) }
    }

    /// These recipes are in force.
    package func adopt(_ findings: [Finding]) {
        files.withLock { $0 = Self.faulty(findings) }
    }

    /// Findings of new recipes; errors of those that are faulty already are warnings.
    package func judge(_ findings: [Finding]) -> [Finding] {
        let known = files.withLock { $0 } ?? []
        return findings.map { finding in
            guard finding.severity == .error, known.contains(finding.file) else { return finding }
            return Finding(
                severity: .warning, file: finding.file, line: finding.line, column: finding.column, path: finding.path,
                message: "\(finding.message); this recipe was faulty before, its tasks go on failing",
                expected: finding.expected, suggestion: finding.suggestion)
        }
    }

    private static func faulty(_ findings: [Finding]) -> Set<String> {
        Set(findings.filter { $0.severity == .error }.map(\.file))
    }
}
