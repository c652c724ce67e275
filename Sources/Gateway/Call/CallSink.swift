package import Contracts
package import Store

/// Where finished calls and drift go; the corridor does not know who reads.
package protocol CallSink: Sendable {
    /// Takes a finished call; never blocks and never fails towards the corridor.
    func finished(_ call: CallRecord)
    func drifted(provider: String, operation: String, findings: [DriftFinding], at: Timestamp)
}
