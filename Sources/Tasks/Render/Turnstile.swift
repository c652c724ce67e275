/// Lets a few through at a time; the others wait in line.
actor Turnstile {
    private var free: Int
    private var line: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    private var nextID = 0

    init(places: Int) {
        free = max(1, places)
    }

    /// Throws `CancellationError` if the surrounding task is cancelled while it waits.
    func through<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        try await enter()
        defer { leave() }
        return try await work()
    }

    private func enter() async throws {
        try Task.checkCancellation()
        if free > 0 {
            free -= 1
            return
        }
        nextID += 1
        let id = nextID
        let entered = await withTaskCancellationHandler {
            await withCheckedContinuation { line.append((id, $0)) }
        } onCancel: {
            // Ends at once; nobody needs to wait for it.
            Task { await self.giveUp(id) }
        }
        guard entered else { throw CancellationError() }
    }

    private func leave() {
        if line.isEmpty {
            free += 1
        } else {
            line.removeFirst().continuation.resume(returning: true)
        }
    }

    private func giveUp(_ id: Int) {
        guard let place = line.firstIndex(where: { $0.id == id }) else { return }
        line.remove(at: place).continuation.resume(returning: false)
    }
}
