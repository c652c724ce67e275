package import Access
package import Inventory
package import Store

/// Whether a risky call must wait for a person; plugged in from above.
package protocol ApprovalGate: Sendable {
    /// nil: go on; a problem: not without an approval.
    func objection(to operation: Operation, of provider: Provider, by caller: Caller) async -> Problem?
}

/// Fifth stage: a person is asked where the project's rules want one.
struct Ask {
    let gate: (any ApprovalGate)?

    func run(_ context: inout CallContext) async throws {
        guard let gate, let operation = context.operation?.operation, operation.risk != .read,
            let provider = context.route?.provider, let caller = context.caller
        else { return }
        if let problem = await gate.objection(to: operation, of: provider, by: caller) { throw problem }
    }
}
