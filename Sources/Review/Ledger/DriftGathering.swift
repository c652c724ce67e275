import Contracts
import Gateway
import Store
import Synchronization

/// Adds up what calls showed that was not agreed, until it is stored.
///
/// Called on event loops: a departure that is known costs a short lock. A payload is redacted once for each call, and only
/// where a departure was not met before. However many ways a provider finds, what is kept here stays small.
final class DriftGathering: Sendable {
    private struct Operation: Hashable {
        let provider: String
        let name: String
    }

    fileprivate struct Gathered {
        var waiting: [String: DriftRecord] = [:]
        /// Shapes of which a sample was taken.
        var sampled: Set<String> = []
    }

    /// Of one call: the others share its payload.
    private static let samplesOfCall = 10
    /// Operations are as many as the inventory has.
    private static let mostOperations = 10_000

    private let state = Mutex<[Operation: Gathered]>([:])

    func add(_ report: DriftReport) {
        let operation = Operation(provider: report.provider, name: report.operation)
        var payloads: [DriftFinding.Side: JSONValue?] = [:]
        var samples = 0
        for (finding, action) in report.findings {
            guard let isFresh = begin(finding.shape, operation) else { continue }
            var record = DriftRecord(
                provider: report.provider, operation: report.operation, shape: finding.shape, pointer: finding.pointer,
                kind: finding.kind.rawValue, expected: finding.expected, seen: finding.seen, count: 1, first: report.at,
                last: report.at)
            record.side = finding.side.rawValue
            record.action = action.rawValue
            record.keyword = finding.schemaPointer
            record.observed = finding.observed
            if isFresh {
                record.call = report.call
                if samples < Self.samplesOfCall {
                    samples += 1
                    let payload = payloads[finding.side] ?? report.payload(finding.side)
                    payloads[finding.side] = .some(payload)
                    record.sample = payload
                }
            }
            state.withLock { $0[operation, default: Gathered()].add(record) }
        }
    }

    /// What has gathered since the last time.
    func take() -> [DriftRecord] {
        state.withLock { state in
            var taken: [DriftRecord] = []
            for operation in state.keys {
                taken += state[operation]?.waiting.values.map { $0 } ?? []
                state[operation]?.waiting = [:]
            }
            return taken.sorted { ($0.first, $0.shape) < ($1.first, $1.shape) }
        }
    }

    /// Keeps what could not be stored for the next time.
    func giveBack(_ records: [DriftRecord]) {
        state.withLock { state in
            for record in records {
                let operation = Operation(provider: record.provider, name: record.operation)
                let later = state[operation]?.waiting.removeValue(forKey: record.shape)
                state[operation, default: Gathered()].waiting[record.shape] = record
                if let later { state[operation]?.add(later) }
            }
        }
    }

    /// Whether the shape was not met before; nil when there are so many that it is passed over.
    private func begin(_ shape: String, _ operation: Operation) -> Bool? {
        state.withLock { state in
            guard let known = state[operation] else { return state.count < Self.mostOperations ? true : nil }
            if known.sampled.contains(shape) { return false }
            return known.waiting.count < DriftRecord.mostShapes ? true : nil
        }
    }
}

extension DriftGathering.Gathered {
    fileprivate mutating func add(_ record: DriftRecord) {
        if record.call != nil {
            // Forgotten at times, so that it stays small; a sample is taken again then.
            if sampled.count >= 2 * DriftRecord.mostShapes { sampled = [] }
            sampled.insert(record.shape)
        }
        if waiting[record.shape] == nil { waiting[record.shape] = record } else { waiting[record.shape]?.add(record) }
    }
}
