import Contracts
import Testing

@testable import footing

@Suite("The timeline of a task")
struct TimelineTests {
    private static func timeline(upTo count: Int = .max) -> Timeline {
        var timeline = Timeline(task: JournalSample.task)
        for (index, event) in JournalSample.events.prefix(count).enumerated() {
            _ = timeline.apply(event, number: index + 1)
        }
        return timeline
    }

    @Test("the journal alone leads to the end, with calls and retries counted")
    func wholeJournal() {
        let timeline = Self.timeline()
        #expect(timeline.state == .done)
        #expect(timeline.title == "Rent and commute for Alexanderplatz")
        #expect(timeline.steps.map(\.state) == [.done, .done, .skipped])
        #expect(timeline.callsMade == 4)
        #expect(timeline.callsRetried == 1)
        #expect(timeline.files == ["report.pdf"])
        #expect(timeline.fraction == 1)
        #expect(timeline.steps[1].note == "429, waited 3 s")
    }

    @Test("an event that comes twice changes nothing")
    func repeatedEvent() {
        var timeline = Self.timeline(upTo: 9)
        let changes = timeline.apply(JournalSample.events[8], number: 9)
        #expect(changes.isEmpty)
        #expect(timeline.steps[1].items[1].tries.count == 1)
    }

    @Test("a reader that comes back in the middle ends with the same timeline")
    func resumed() {
        var timeline = Self.timeline(upTo: 9)
        for (index, event) in JournalSample.events.enumerated() { _ = timeline.apply(event, number: index + 1) }
        #expect(timeline.callsMade == Self.timeline().callsMade)
        #expect(timeline.ended == Self.timeline().ended)
    }

    @Test("a step with items counts as far as its items are")
    func fraction() {
        let timeline = Self.timeline(upTo: 11)
        let expected: Double = (1 + 1.0 / 3) / 3
        #expect(timeline.fraction == expected)
        #expect(timeline.current == 1)
        #expect(timeline.steps[1].words == "Fetch rents: 1 of 3")
    }

    @Test("events that are hostile or unknown neither trap nor move anything")
    func hostileEvents() {
        var timeline = Timeline(task: ["id": "tk_1", "steps": [["name": 7], nil, "x"], "created": "yesterday"])
        let huge = JSONValue.number(JSONNumber(Int.max))
        let events: [JSONValue] = [
            ["type": "step.progress", "step": "a", "done": huge, "total": huge],
            [
                "type": "call.try", "step": "a", "index": huge, "ms": 1e300, "waited_ms": 1e300,
                "at": "9999-12-31T23:59:59Z",
            ],
            ["type": "item.finished", "step": "a", "index": -5],
            ["type": "artifact.published", "size": huge],
            ["type": "nobody.knows", "step": "b"], nil, [], "text",
        ]
        let terminal = Terminal(descriptor: -1, isTerminal: false, variable: { _ in nil })
        var lines = TimelineLines(terminal: terminal)
        for (index, event) in events.enumerated() {
            let changes = timeline.apply(event, number: index + 1)
            _ = lines.lines(for: changes, timeline)
        }
        _ = TimelineView(terminal: terminal).block(timeline, now: .max / 2)
        #expect(timeline.state == .pending)
    }

    @Test("control characters of a label never reach the terminal")
    func escapes() {
        var timeline = Timeline(task: JournalSample.task)
        let label: JSONObject = ["step": "rents", "index": 0, "label": "a\u{1B}[2Jb"]
        _ = timeline.apply(JournalSample.event(1, 0, "item.started", label), number: 1)
        #expect(timeline.steps[1].items[0].label == "a?[2Jb")
    }
}
