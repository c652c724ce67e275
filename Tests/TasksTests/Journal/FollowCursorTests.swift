import Contracts
import Store
import Testing

@testable import Tasks

@Suite struct FollowCursorTests {
    private func event(_ number: Int, _ type: String = "step.started") -> JournalEvent {
        JournalEvent(number: number, at: Timestamp(milliseconds: 0), type: type, fields: [:])
    }

    @Test("Every event is handed out once, however often it is read")
    func once() {
        var cursor = FollowCursor(after: 0)
        cursor.read([event(1), event(2)])
        cursor.read([event(1), event(2), event(3)])
        #expect(cursor.next()?.number == 1)
        cursor.read([event(2), event(3)])
        #expect(cursor.next()?.number == 2)
        #expect(cursor.next()?.number == 3)
        #expect(cursor.next() == nil)
        #expect(!cursor.isEnded)
    }

    @Test("Events beyond a gap wait until the gap is filled")
    func gap() {
        var cursor = FollowCursor(after: 4)
        cursor.read([event(6), event(7)])
        #expect(cursor.next() == nil)
        cursor.read([event(5), event(6)])
        #expect(cursor.next()?.number == 5)
        #expect(cursor.next()?.number == 6)
        #expect(cursor.last == 6)
    }

    @Test("The final event ends the journal", arguments: ["task.finished", "task.failed", "task.cancelled"])
    func final(type: String) {
        var cursor = FollowCursor(after: 0)
        cursor.read([event(1, type), event(2)])
        #expect(cursor.next()?.number == 1)
        #expect(cursor.isEnded)
        #expect(cursor.next() == nil)
    }

    @Test("A reader that comes after the final event ends at once")
    func late() {
        var cursor = FollowCursor(after: 9)
        cursor.taskEnded(at: 9)
        #expect(cursor.isEnded)
        var early = FollowCursor(after: 8)
        early.taskEnded(at: 9)
        #expect(!early.isEnded)
    }

    @Test("A negative place counts as the beginning")
    func negative() {
        var cursor = FollowCursor(after: -7)
        cursor.read([event(1)])
        #expect(cursor.next()?.number == 1)
    }
}
