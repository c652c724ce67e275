/// Divides a limit among nodes: max-min fair by what they want, whole numbers only; what nobody wants is split evenly
/// too, so that every node has something for its next call.
package struct ShareSplit: Sendable {
    /// What one node wants of the limit.
    package struct Claim: Sendable, Equatable {
        package let node: String
        package let wanted: Int
        /// When it was last given one of the units that do not divide; who was longest without goes first.
        package let served: Timestamp?

        package init(node: String, wanted: Int, served: Timestamp?) {
            self.node = node
            self.wanted = wanted
            self.served = served
        }
    }

    /// What each node may have.
    package let parts: [String: Int]
    /// Nodes that were given one of the wanted units that did not divide.
    package let served: Set<String>

    package init(_ claims: [Claim], total: Int) {
        var parts: [String: Int] = [:]
        var served: Set<String> = []
        var rest = max(0, total)
        // Who wants least first: what it leaves is there for the others.
        var open = claims.sorted { (max(0, $0.wanted), $0.node) < (max(0, $1.wanted), $1.node) }
        while let least = open.first, max(0, least.wanted) <= rest / open.count {
            parts[least.node] = max(0, least.wanted)
            rest -= max(0, least.wanted)
            open.removeFirst()
        }
        if !open.isEmpty {
            let even = rest / open.count
            let first = open.sorted {
                ($0.served?.milliseconds ?? .min, $0.node) < ($1.served?.milliseconds ?? .min, $1.node)
            }
            for (index, claim) in first.enumerated() {
                let isServed = index < rest % open.count
                parts[claim.node] = even + (isServed ? 1 : 0)
                if isServed { served.insert(claim.node) }
            }
        } else if !claims.isEmpty {
            for (index, claim) in claims.sorted(by: { $0.node < $1.node }).enumerated() {
                parts[claim.node, default: 0] += rest / claims.count + (index < rest % claims.count ? 1 : 0)
            }
        }
        self.parts = parts
        self.served = served
    }
}
