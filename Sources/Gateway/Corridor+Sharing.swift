package import Store
import Synchronization

extension Corridor {
    /// What shares this corridor's limits with other nodes.
    package func sharing(through store: any ShareStore & QuotaStore & PauseStore) -> LimitSharing {
        LimitSharing(
            node: ground.node, store: store, gates: routes.gates, clock: ground.clock,
            whenNodesChange: { [ground] nodes in
                ground.callers.share(nodes: nodes)
                ground.budgets.withLock { $0.share(nodes: nodes) }
            })
    }
}
