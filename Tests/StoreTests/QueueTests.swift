import Testing

@testable import Store

@Suite("Queues of the writer")
struct QueueTests {
    @Test("an operation that finds the writer idle starts it; those that come meanwhile go together")
    func grouping() {
        var queue = CommitQueue<Int>(batchLimit: 3)
        #expect(queue.add(1) == .start)
        #expect(queue.nextBatch() == [1])
        for number in 2...5 { #expect(queue.add(number) == .wait) }
        #expect(queue.nextBatch() == [2, 3, 4])
        #expect(queue.nextBatch() == [5])
        #expect(queue.nextBatch() == nil)
        #expect(queue.add(6) == .start)
        #expect(queue.nextBatch() == [6])
    }

    private func entry(_ count: Int) -> LedgerQueue.Entry {
        LedgerQueue.Entry(rows: (0..<count).map { EncodedCall(.sample($0)) }) { _ in }
    }

    @Test("rows that come while a write is under way go into the next one, up to its size")
    func coalescing() {
        var queue = LedgerQueue(rowLimit: 100)
        #expect(queue.add(entry(1)) == .write)
        #expect(queue.take(rows: 10).count == 1)
        for _ in 1...4 { #expect(queue.add(entry(4)) == .wait) }
        let first = queue.finish()
        #expect(first.entries.count == 1 && first.again)
        #expect(queue.take(rows: 10).count == 2)
        #expect(queue.finish().again)
        #expect(queue.take(rows: 10).count == 2)
        let last = queue.finish()
        #expect(last.entries.count == 2 && !last.again)
        #expect(queue.add(entry(1)) == .write)
    }

    @Test("rows beyond the limit are refused, an oversized batch alone is not")
    func bounded() {
        var queue = LedgerQueue(rowLimit: 10)
        #expect(queue.add(entry(50)) == .write)
        #expect(queue.add(entry(1)) == .refuse)
        #expect(queue.take(rows: 10).count == 1)
        #expect(queue.add(entry(10)) == .wait)
        #expect(queue.add(entry(1)) == .refuse)
    }

    @Test("a transaction that failed before it took any rows fails those that wait")
    func failedEarly() {
        var queue = LedgerQueue(rowLimit: 10)
        #expect(queue.add(entry(2)) == .write)
        #expect(queue.add(entry(2)) == .wait)
        let failed = queue.finishFailed(rows: 2)
        #expect(failed.entries.count == 1 && failed.again)
        #expect(queue.take(rows: 9).count == 1)
        #expect(queue.finishFailed(rows: 2).entries.count == 1)
    }
}
