import ServiceLifecycle
package import Store
import UnixSignals

/// Keeps the inventory in force up to date with its files: looks every two seconds, and at once when the system hints at a
/// change; loads without being asked twice on SIGHUP, unless that means that the server's terminal was closed.
package struct Reload<Tree: Sendable>: Service {
    private let folder: String
    private let reloader: Reloader<Tree>
    private let clock: any WallClock

    /// - Parameter folder: the absolute path of `footing/`.
    package init(folder: String, reloader: Reloader<Tree>, clock: any WallClock) {
        self.folder = folder
        self.reloader = reloader
        self.clock = clock
    }

    private enum Cue: Sendable {
        case hint, hangUp
        /// The time asked for by this many looks before has passed.
        case time(Int)
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await watch() }
    }

    private func watch() async {
        let (cues, cue) = AsyncStream.makeStream(of: Cue.self)
        let watch = FolderWatch { cue.yield(.hint) }
        let terminal = ControllingTerminal()
        await withDiscardingTaskGroup { tasks in
            tasks.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sighup) { cue.yield(.hangUp) }
            }
            var looks = 0
            cue.yield(.hint)
            for await event in cues {
                if case .time(let look) = event, look != looks { continue }
                watch?.add(folders())
                let wait: Duration
                if case .hangUp = event {
                    if terminal.isGone { ControllingTerminal.endProcess() }
                    wait = await reloader.force()
                } else {
                    wait = await reloader.look()
                }
                looks += 1
                tasks.addTask { [clock, looks] in
                    guard (try? await clock.sleep(for: wait)) != nil else { return }
                    cue.yield(.time(looks))
                }
            }
            tasks.cancelAll()
        }
    }

    private func folders() -> [String] {
        FolderSnapshot(of: folder).folders.map { $0.isEmpty ? folder : folder + "/" + $0 }
    }
}
