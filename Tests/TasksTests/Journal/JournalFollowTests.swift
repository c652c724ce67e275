import Contracts
import Inventory
import Store
import TestSupport
import Testing

@testable import Tasks

@Suite struct JournalFollowTests {
    private static let recipe = Recipe.of(
        "many", [.call("get", forEach: "${ [range(.input.count)] }", concurrency: 4)])

    @Test("Readers that come at any time see the same journal, without gap or repetition")
    func same() async throws {
        let world = try World([Self.recipe])
        let id = try await world.submit("many", ["count": 60])
        let journals = try await world.withEngine(CountingCalls()) { _ in
            try await withThrowingTaskGroup(of: [JournalEvent].self) { group in
                for after in 0..<20 {
                    group.addTask {
                        for _ in 0..<after * 5 { await Task.yield() }
                        return try await world.journal(id, after: after)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        let whole = try await world.journal(id)
        #expect(whole.map(\.number) == Array(1...whole.count))
        for journal in journals {
            #expect(journal == Array(whole.suffix(journal.count)))
            #expect(journal.count >= whole.count - 20)
        }
        #expect(world.ground.hub.followers(of: id) == 0)
    }

    @Test("A slow reader goes back to the store and misses nothing")
    func slow() async throws {
        let world = try World([Self.recipe])
        let id = try await world.submit("many", ["count": 200])
        try await world.withEngine(CountingCalls()) { _ in
            var numbers: [Int] = []
            var fast: [JournalEvent] = []
            var reader = world.service.follow(id).makeAsyncIterator()
            if let first = try await reader.next() { numbers.append(first.number) }
            fast = try await world.journal(id)
            while let event = try await reader.next() { numbers.append(event.number) }
            #expect(numbers == fast.map(\.number))
            #expect(numbers.count > 600)
        }
    }

    @Test("Thousands of readers wait for one task, and all hear of its end")
    func thousands() async throws {
        let world = try World([.of("one", [.call("get")])])
        let gate = Gate()
        let calls = CountingCalls { _, _ in
            try await gate.pass()
            return .null
        }
        let id = try await world.submit("one")
        try await world.withEngine(calls) { _ in
            await gate.arrivals()
            try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<3000 { group.addTask { try await world.journal(id, after: 3).last?.type } }
                while world.ground.hub.followers(of: id) < 3000 { await Task.yield() }
                gate.open()
                for try await last in group { #expect(last == "task.finished") }
            }
        }
    }

    @Test("A reader that is cancelled lets go of its place")
    func cancelled() async throws {
        let world = try World([.of("one", [.call("get")])])
        let id = try await world.submit("one")
        let reading = Task { try await world.journal(id) }
        while world.ground.hub.followers(of: id) == 0 { await Task.yield() }
        reading.cancel()
        #expect(try await reading.value.count <= 1)
        #expect(world.ground.hub.followers(of: id) == 0)
    }

    @Test("The journal of an unknown task is empty, that of an ended one ends")
    func edges() async throws {
        let world = try World([.of("one", [.call("get")])])
        #expect(try await world.journal("tk_none") == [])
        let id = try await world.submit("one")
        _ = try await world.service.cancel(id, by: "anna")
        #expect(try await world.journal(id).count == 2)
        #expect(try await world.journal(id, after: 2) == [])
        #expect(try await world.journal(id, after: 900) == [])
    }

    @Test("A page of many tasks hears which ones change")
    func changes() async throws {
        let world = try World([.of("one", [.call("get")])])
        var changes = world.service.changes().makeAsyncIterator()
        let id = try await world.submit("one")
        #expect(await changes.next() == id)
        _ = try await world.service.cancel(id, by: "anna")
        #expect(await changes.next() == id)
    }
}
