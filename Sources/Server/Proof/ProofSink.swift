import Contracts
import Gateway
import Store
import Synchronization

/// Keeps the newest call of a contract test, and how it drifted.
final class ProofSink: CallSink {
    private struct State {
        var call: CallRecord?
        var findings: [DriftFinding] = []
    }

    private let state = Mutex(State())

    func finished(_ call: CallRecord) {
        state.withLock { $0.call = call }
    }

    func drifted(_ report: DriftReport) {
        state.withLock { $0.findings += report.findings.map(\.finding) }
    }

    /// What was kept since the last time.
    func take() -> (call: CallRecord?, findings: [DriftFinding]) {
        state.withLock { state in
            defer { state = State() }
            return (state.call, state.findings)
        }
    }
}
