package import Contracts
package import Inventory
package import Store
import Synchronization

/// What became of the last reloads, for the console.
package final class ReloadReport: Sendable {
    package struct Refusal: Sendable, Equatable {
        package let at: Timestamp
        package let findings: [Finding]
    }

    package struct Status: Sendable, Equatable {
        /// How often a changed inventory was taken over since the start.
        package var reloads = 0
        package var last: Timestamp?
        /// Of the inventory in force; among them what takes a restart.
        package var warnings: [Finding] = []
        /// nil once the files are good again.
        package var lastRefusal: Refusal?
    }

    private let state = Mutex(Status())

    package init() {}

    package var status: Status { state.withLock { $0 } }

    func adopted(at moment: Timestamp, warnings: [Finding]) {
        state.withLock { state in
            state.reloads += 1
            state.last = moment
            state.warnings = warnings
            state.lastRefusal = nil
        }
    }

    func refused(at moment: Timestamp, findings: [Finding]) {
        state.withLock { $0.lastRefusal = Refusal(at: moment, findings: findings) }
    }

    func restored() {
        state.withLock { $0.lastRefusal = nil }
    }

    /// `{"reloads":2,"last":"…Z"|null,"warnings":["file:line:column: …"],"refused":{"at":"…Z","findings":[…]}|null}`.
    package var json: JSONValue {
        let status = status
        func texts(_ findings: [Finding]) -> JSONValue { .array(findings.map { .string($0.description) }) }
        return [
            "reloads": JSONValue(status.reloads), "last": status.last.map { .string($0.description) } ?? .null,
            "warnings": texts(status.warnings),
            "refused": status.lastRefusal.map {
                ["at": .string($0.at.description), "findings": texts($0.findings)]
            } ?? .null,
        ]
    }
}
