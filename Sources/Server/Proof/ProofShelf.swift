package import Contracts
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The report of the last whole run of contract tests, a file in the state folder; read again when it has changed.
package final class ProofShelf: Sendable {
    private struct Kept: Sendable {
        var changed: Date?
        var report: ProofReport?
    }

    private let path: String
    private let kept = Mutex(Kept())

    package init(stateFolder: String) {
        path = Self.path(in: stateFolder)
    }

    /// Where the report lies.
    package static func path(in stateFolder: String) -> String { stateFolder + "/contract-tests.json" }

    /// nil where there was no run yet, or the file is something else.
    package var last: ProofReport? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let changed = attributes?[.modificationDate] as? Date else { return nil }
        if let report = kept.withLock({ $0.changed == changed ? $0.report : nil }) { return report }
        let report = FileManager.default.contents(atPath: path)
            .flatMap { try? JSONValue.parse([UInt8]($0)) }.flatMap { ProofReport(json: $0) }
        kept.withLock { $0 = Kept(changed: changed, report: report) }
        return report
    }
}
