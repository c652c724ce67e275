import Store

extension Wakeup {
    /// As `wait()`, but no longer than `time`.
    func wait(atMost time: Duration, by clock: any WallClock) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await clock.sleep(for: time) }
            group.addTask { await self.wait() }
            await group.next()
            group.cancelAll()
        }
    }
}
