package import Store

/// Where finished calls and drift go; the corridor does not know who reads.
package protocol CallSink: Sendable {
    /// The index under which calls of an operation are counted that need no row; 0 where there is no operation; the same one for the same names.
    ///
    /// Asked for once per operation when the routes are made, not for every call.
    func slot(provider: String, operation: String) -> Int
    /// Counts an answered read that was neither retried nor drifted, or a call that its caller made fail before anything
    /// was changed, and returns false; or counts nothing and returns true: then its whole record is wanted by `finished`. Called on event loops: allocates nothing, waits for nothing.
    func tally(_ facts: CallFacts) -> Bool
    /// Takes and counts a finished call; never blocks and never fails towards the corridor.
    func finished(_ call: CallRecord)
    /// Takes what a call showed that was not agreed; never blocks.
    func drifted(_ report: DriftReport)
}

/// A sink that wants every record.
extension CallSink {
    package func slot(provider: String, operation: String) -> Int { 0 }
    package func tally(_ facts: CallFacts) -> Bool { true }
}
