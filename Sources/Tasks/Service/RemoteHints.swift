import ServiceLifecycle
package import Store

/// What other nodes of the same store have done, brought to the parts of this one that would otherwise find it at their
/// next look: claims, cancellations, journals that are followed here, switches.
///
/// Journals that are followed are looked at every second too, so that a hint which was lost costs a second.
package struct RemoteHints: Service {
    static let interval = Duration.seconds(1)
    private static let page = 256
    private static let reads = 500

    private let ground: TaskGround
    private let store: any TaskStore & StoreSignals
    private let controlsChanged: @Sendable () async -> Void

    package init(
        ground: TaskGround, store: any TaskStore & StoreSignals, controlsChanged: @escaping @Sendable () async -> Void
    ) {
        self.ground = ground
        self.store = store
        self.controlsChanged = controlsChanged
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await hint in store.hints() { await obey(hint) }
                }
                group.addTask {
                    while (try? await ground.clock.sleep(for: Self.interval)) != nil { await readFollowed() }
                }
            }
        }
    }

    func obey(_ hint: StoreHint) async {
        switch hint {
        case .tasksSubmitted:
            ground.signals.submitted()
        case .cancelRequested(let task):
            guard let by = (try? await store.task(task))?.cancelRequestedBy else { return }
            ground.signals.cancelRequested(task, by: by)
        case .controlsChanged:
            await controlsChanged()
        case .journalGrew(let task):
            ground.hub.announce(task)
            if let topic = ground.hub.followed().first(where: { $0.task == task }) {
                await read(task, after: topic.latest)
            }
        case .everything:
            ground.signals.submitted()
            await controlsChanged()
            await readFollowed()
        }
    }

    /// One after the other, and of very many some, in turns: the store is not to suffer for what hints bring anyway.
    private func readFollowed() async {
        for topic in ground.hub.followed().shuffled().prefix(Self.reads) { await read(topic.task, after: topic.latest) }
    }

    /// Publishes what the store has and the hub has not; once for all followers of the task.
    private func read(_ task: String, after: Int) async {
        var after = after
        while let events = try? await store.events(task, after: after, limit: Self.page), let last = events.last {
            ground.hub.publish(task, events)
            after = last.number
        }
    }
}
