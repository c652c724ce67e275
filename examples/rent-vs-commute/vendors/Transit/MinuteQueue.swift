/// A queue that gives the node with the fewest minutes first (a binary heap); among equals the lower node.
struct MinuteQueue: Sendable {
    private var heap: [(node: Int, minutes: Double)] = []

    mutating func push(node: Int, minutes: Double) {
        heap.append((node, minutes))
        var child = heap.count - 1
        while child > 0, comes(child, before: (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (node: Int, minutes: Double)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && comes(child, before: smallest) {
                smallest = child
            }
            guard smallest != parent else { return first }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }

    private func comes(_ left: Int, before right: Int) -> Bool {
        (heap[left].minutes, heap[left].node) < (heap[right].minutes, heap[right].node)
    }
}
