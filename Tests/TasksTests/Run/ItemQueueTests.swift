import Contracts
import Store
import Testing

@testable import Tasks

@Suite struct ItemQueueTests {
    @Test("Items begin in order; those done before a restart are left out")
    func skipsKnown() {
        var queue = ItemQueue(count: 4) { $0 == 1 ? "known" : nil }
        #expect(queue.done == 1)
        #expect([queue.begin(), queue.begin(), queue.begin(), queue.begin()] == [0, 2, 3, nil])
    }

    @Test("Results come in item order, whatever the order they finished in")
    func order() {
        var queue = ItemQueue(count: 3) { _ in nil }
        for _ in 0..<3 { _ = queue.begin() }
        queue.finish(2, "c")
        queue.finish(0, "a")
        #expect(queue.all == nil)
        queue.finish(1, "b")
        queue.finish(1, "again")
        #expect(queue.all == ["a", "b", "c"])
    }

    @Test("No items are done at once")
    func none() {
        var queue = ItemQueue(count: 0) { _ in nil }
        #expect(queue.all == [])
        #expect(queue.begin() == nil)
    }

    @Test("A memo tells steps, items and the ends of waits apart")
    func memo() {
        let at = Timestamp(milliseconds: 5)
        let memo = StepMemo([
            StepRecord(key: "rents[3]", result: 7, finished: at),
            StepRecord(key: "pause#until", result: 1000, finished: at),
        ])
        #expect(memo.result(of: "rents") == nil)
        #expect(memo.result(of: "rents", item: 3) == 7)
        #expect(memo.end(ofWait: "pause") == Timestamp(milliseconds: 1000))
        #expect(memo.result(of: "pause") == nil)
    }

    @Test("The idempotency key is the same for the same step of the same task, and only then")
    func keys() {
        let key = IdempotencyKey.make(task: "tk_1", step: "pay[0]")
        #expect(key == IdempotencyKey.make(task: "tk_1", step: "pay[0]"))
        #expect(key.count == 64)
        #expect(key != IdempotencyKey.make(task: "tk_1", step: "pay[1]"))
        #expect(key != IdempotencyKey.make(task: "tk_2", step: "pay[0]"))
    }
}
