import Testing

@testable import footing

@Suite("The picture of a timeline")
struct TimelineViewTests {
    private static func block(upTo count: Int = .max, locale: String, rows: Int = .max) -> [String] {
        let terminal = Terminal(descriptor: -1, isTerminal: false, variable: { $0 == "LANG" ? locale : nil })
        var timeline = Timeline(task: JournalSample.task)
        for (index, event) in JournalSample.events.prefix(count).enumerated() {
            _ = timeline.apply(event, number: index + 1)
        }
        return TimelineView(terminal: terminal).block(timeline, now: timeline.newest, rows: rows)
    }

    @Test("sentence first, bar, a lane a step, cost and next command last, in 80 columns")
    func finished() {
        let block = Self.block(locale: "de_DE.UTF-8")
        #expect(block.first == "Rent and commute for Alexanderplatz: done                                 4.00 s")
        let bar = String(repeating: "█", count: 66) + "  3 of 3 steps"
        #expect(block[1] == bar)
        let wedding = block.first { $0.hasPrefix("✓   Wedding") } ?? ""
        #expect(wedding.contains("✗░"))
        #expect(wedding.hasSuffix("429, waited 3 s"))
        #expect(block.contains { $0.hasPrefix("○ watch") })
        #expect(block.last == "4 calls, 1 retried                                files: footing task files tk_1")
        #expect(block.allSatisfy { $0.count <= 80 })
    }

    @Test("without UTF-8 every sign is ASCII")
    func ascii() {
        let block = Self.block(locale: "C")
        #expect(block.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
        #expect(block.contains { $0.hasPrefix("ok     Wedding") })
        #expect(block.contains { $0.hasPrefix("none watch") })
    }

    @Test("a small terminal keeps the sentence, the bar and the step under way")
    func small() {
        let block = Self.block(upTo: 9, locale: "C.UTF-8", rows: 7)
        #expect(block.count <= 7)
        #expect(block.contains { $0.hasPrefix("◐ rents") })
    }

    @Test("lines for a pipe tell starts, setbacks and ends, each with its time")
    func lines() {
        let terminal = Terminal(descriptor: -1, isTerminal: false, variable: { $0 == "LANG" ? "C.UTF-8" : nil })
        var lines = TimelineLines(terminal: terminal)
        var timeline = Timeline(task: JournalSample.task)
        var told: [String] = []
        for (index, event) in JournalSample.events.enumerated() {
            let changes = timeline.apply(event, number: index + 1)
            told += lines.lines(for: changes, timeline)
        }
        let setback = "   400 ms  ████········  ▲ Fetch rents, Wedding: 429, rate limited, Retry-After 3 s, tries again"
        #expect(told.contains(setback))
        #expect(told.last?.hasSuffix("✓ Rent and commute for Alexanderplatz: done") == true)
    }
}
