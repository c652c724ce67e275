import Contracts
import Store
import Testing

@testable import Tasks

@Suite struct JournalBufferTests {
    private func piece(_ type: String) -> TaskCommit { TaskCommit(events: [NewEvent(type)]) }

    private func batch(_ turn: JournalBuffer.Turn) -> [String]? {
        if case .write(let commit) = turn { commit.events.map(\.type) } else { nil }
    }

    private func isWait(_ turn: JournalBuffer.Turn) -> Bool {
        if case .wait = turn { true } else { false }
    }

    private func isDone(_ turn: JournalBuffer.Turn) -> Bool {
        if case .done = turn { true } else { false }
    }

    @Test("A commit takes everything that waits, in order")
    func batches() {
        var buffer = JournalBuffer()
        buffer.add(piece("a"))
        buffer.add(piece("b"))
        #expect(batch(buffer.turn(for: 2)) == ["a", "b"])
        buffer.add(piece("c"))
        #expect(isWait(buffer.turn(for: 3)))
        buffer.wrote()
        #expect(isDone(buffer.turn(for: 2)))
        #expect(buffer.hasPending)
        #expect(batch(buffer.turn(for: 3)) == ["c"])
    }

    @Test("Counters add up, and the newest progress wins")
    func merges() throws {
        var buffer = JournalBuffer()
        buffer.add(TaskCommit(progress: ["done": 1], callsMade: 1))
        buffer.add(TaskCommit(progress: ["done": 2], callsMade: 1, callsRetried: 1))
        guard case .write(let commit) = buffer.turn(for: 2) else {
            Issue.record("nothing to write")
            return
        }
        #expect(commit.progress == ["done": 2])
        #expect(commit.callsMade == 2)
        #expect(commit.callsRetried == 1)
    }

    @Test("After a commit failed for good, everything later fails with its reason")
    func broken() {
        var buffer = JournalBuffer()
        buffer.add(piece("a"))
        _ = buffer.turn(for: 1)
        buffer.broke(StoreError(.leaseLost, "gone"))
        buffer.add(piece("b"))
        guard case .fail(let error) = buffer.turn(for: 2) else {
            Issue.record("it goes on")
            return
        }
        #expect(error.code == .leaseLost)
        #expect(!buffer.hasPending)
    }

    @Test("With nothing to say there is nothing to wait for")
    func empty() {
        var buffer = JournalBuffer()
        #expect(isDone(buffer.turn(for: buffer.newest)))
        #expect(!buffer.hasPending)
    }
}
