import Store
import Synchronization

/// Identifiers that count up: `tk_000…1`, `tk_000…2`, over all prefixes together.
package final class SequentialIDs: IDSource {
    private let last = Atomic<Int>(0)

    package init() {}

    package func next(_ prefix: String) -> String {
        let number = String(last.add(1, ordering: .relaxed).newValue)
        return prefix + String(repeating: "0", count: max(0, 26 - number.count)) + number
    }
}
