package import Logging
import ServiceLifecycle
package import Store
import UnixSignals

/// Ends the server in order when it gets SIGTERM or SIGINT; a second one ends it at once.
///
/// It takes the place of the service group's own signals, because the group knows no time in which a server is not ready but
/// still serves. Stands first in the group's list, so that it is the last to be ended and hears a second signal until then.
package struct DrainService: Service {
    private let rules: DrainRules
    private let drain: Drain
    private let inFlight: @Sendable () -> Int
    private let shutdown: @Sendable () async -> Void
    private let endNow: @Sendable () -> Void
    private let clock: any WallClock
    private let logger: Logger

    /// - Parameters:
    ///   - inFlight: requests under way, for the log.
    ///   - shutdown: begins the graceful shutdown of the service group.
    ///   - endNow: cancels the service group.
    package init(
        _ rules: DrainRules, drain: Drain, inFlight: @escaping @Sendable () -> Int,
        shutdown: @escaping @Sendable () async -> Void, endNow: @escaping @Sendable () -> Void, clock: any WallClock,
        logger: Logger
    ) {
        self.rules = rules
        self.drain = drain
        self.inFlight = inFlight
        self.shutdown = shutdown
        self.endNow = endNow
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        await run(signals)
    }

    /// - Parameter signals: each element is one request to end.
    func run(_ signals: some AsyncSequence<some Sendable, Never> & Sendable) async {
        let (cues, cue) = AsyncStream.makeStream(of: Cue.self)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { tasks in
                tasks.addTask {
                    for await _ in signals { cue.yield(.signal) }
                }
                var machine = DrainMachine(rules)
                for await event in cues {
                    guard event != .ended else { break }
                    let now = clock.uptime()
                    let action = event == .signal ? machine.signal(at: now) : machine.tick(at: now)
                    await perform(action, machine.phase) { wait in
                        tasks.addTask {
                            guard (try? await clock.sleep(for: wait)) != nil else { return }
                            cue.yield(.time)
                        }
                    }
                }
                machine.emptied()
                drain.enter(machine.phase)
                tasks.cancelAll()
            }
        } onGracefulShutdown: {
            cue.yield(.ended)
        }
    }

    private enum Cue {
        case signal, time
        /// All other services have ended.
        case ended
    }

    private func perform(
        _ action: DrainMachine.Action, _ phase: DrainMachine.Phase, wake: (Duration) -> Void
    ) async {
        drain.enter(phase)
        switch action {
        case .none: break
        case .wait(let time): wake(time)
        case .announce(let time):
            logger.info("not ready any more", metadata: ["until": "\(time)", "requests": "\(inFlight())"])
            wake(time)
        case .close(let time):
            logger.info("ending", metadata: ["within": "\(time)", "requests": "\(inFlight())"])
            wake(time)
            await shutdown()
        case .endNow(let cause):
            logger.warning("ended at once", metadata: ["cause": "\(cause.rawValue)", "requests": "\(inFlight())"])
            endNow()
        }
    }
}
