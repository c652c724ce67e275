package import Access
package import Inventory
package import Store

/// Fifth stage: whether a risky call must wait for a person; plugged in from above.
package protocol ApprovalGate: Sendable {
    /// nil: go on; a problem: not without an approval.
    func objection(to operation: Operation, of provider: Provider, by caller: Caller) async -> Problem?
}
