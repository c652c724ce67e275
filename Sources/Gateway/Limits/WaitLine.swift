/// Those who wait for a place, in the order they came.
///
/// Who gives up leaves a gap that is closed later, so that giving up is cheap.
struct WaitLine: Sendable {
    private struct Waiter: Sendable {
        let number: Int64
        /// nil: gave up.
        var whenFree: (@Sendable () -> Void)?
    }

    private var waiters: [Waiter] = []
    private var head = 0
    /// Those who wait still.
    private(set) var count = 0

    /// The number of the one who is next.
    var first: Int64? {
        count > 0 ? waiters[head].number : nil
    }

    /// - Parameter number: higher than all before.
    mutating func append(_ number: Int64, _ whenFree: @escaping @Sendable () -> Void) {
        waiters.append(Waiter(number: number, whenFree: whenFree))
        count += 1
    }

    mutating func removeFirst() -> (@Sendable () -> Void)? {
        guard count > 0 else { return nil }
        let whenFree = waiters[head].whenFree
        drop(head)
        return whenFree
    }

    /// Returns false when this one does not wait any more.
    mutating func remove(_ number: Int64) -> Bool {
        var low = head
        var high = waiters.count
        while low < high {
            let middle = (low + high) / 2
            if waiters[middle].number < number { low = middle + 1 } else { high = middle }
        }
        guard low < waiters.count, waiters[low].number == number, waiters[low].whenFree != nil else { return false }
        drop(low)
        return true
    }

    private mutating func drop(_ index: Int) {
        waiters[index].whenFree = nil
        count -= 1
        while head < waiters.count, waiters[head].whenFree == nil { head += 1 }
        if head == waiters.count {
            waiters.removeAll(keepingCapacity: waiters.count <= 1024)
            head = 0
        } else if waiters.count > 2 * count + 32 {
            waiters.removeAll { $0.whenFree == nil }
            head = 0
        }
    }
}
