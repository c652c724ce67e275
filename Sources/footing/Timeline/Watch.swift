import Contracts
import Inventory
import Store

/// Follows a task to its end and shows it: a redrawn block on a terminal, changed lines elsewhere, or events as JSON lines.
struct Watch {
    private enum Signal: Sendable {
        case read(JournalReader, [(number: Int, event: JSONValue)])
        case lost(Failure)
        case tick
    }

    private static let patience = 120.0
    let client: FootingClient
    let terminal: Terminal
    let wantsJSON: Bool
    /// Events up to this number are known to the reader: they are taken in, but not told again.
    let after: Int
    private let clock = SystemClock()

    /// Returns how the task ended. Throws `Failure`, also when the server stays away for two minutes.
    func run(task: String) async throws -> Timeline {
        let object = try await client.get("/v1/tasks/\(PercentEncoding.encode(task))", subject: "task \(task)")
        var timeline = Timeline(task: object)
        var face = Face(terminal: terminal, wantsJSON: wantsJSON, after: after)
        let start = JournalReader(client: client, task: task, after: 0)
        var lostSince: Timestamp?
        try await withThrowingTaskGroup(of: Signal.self) { group in
            group.addTask { await Self.read(start) }
            if face.isRedrawn { group.addTask { try await tick() } }
            while let signal = try await group.next() {
                switch signal {
                case .tick:
                    face.redraw(timeline, now: clock.now().milliseconds, isLost: lostSince != nil)
                    group.addTask { try await tick() }
                case .lost(let failure):
                    guard failure.status == .unreachable else { throw failure }
                    let since = lostSince ?? clock.now()
                    if lostSince == nil { face.say(lost: client.origin.description) }
                    lostSince = since
                    guard (clock.now() - since).milliseconds < Self.patience * 1000 else { throw failure }
                    let again = JournalReader(client: client, task: task, after: timeline.number)
                    group.addTask {
                        try await clock.sleep(for: .milliseconds(500))
                        return await Self.read(again)
                    }
                case .read(let reader, let events):
                    lostSince = nil
                    for (number, event) in events {
                        face.tell(timeline.apply(event, number: number), event, number, timeline)
                    }
                    if reader.isAtEnd {
                        group.cancelAll()
                        face.finish(timeline)
                        return
                    }
                    face.redraw(timeline, now: clock.now().milliseconds, isLost: false)
                    group.addTask { await Self.read(reader) }
                }
            }
        }
        return timeline
    }

    private func tick() async throws -> Signal {
        try await clock.sleep(for: .milliseconds(200))
        return .tick
    }

    private static func read(_ reader: JournalReader) async -> Signal {
        var reader = reader
        do {
            let events = try await reader.next(wait: 20)
            return .read(reader, events)
        } catch let failure as Failure {
            return .lost(failure)
        } catch {
            return .lost(Failure(.failed, "\(error)"))
        }
    }
}
