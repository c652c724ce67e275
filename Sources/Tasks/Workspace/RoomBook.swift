import Synchronization

/// How much room files may take, and how much each tenant's take already.
///
/// The room a tenant uses is counted from the disk when it is first asked for, then kept up to date.
final class RoomBook: Sendable {
    private struct State {
        var task: Int
        var tenant: Int?
        /// nil: not yet counted.
        var used: [String: Int]?
        /// Whether contents may stand there that nobody refers to.
        var mayHaveOrphans = true
    }

    private let state: Mutex<State>

    init(task: Int, tenant: Int?) {
        state = Mutex(State(task: task, tenant: tenant))
    }

    /// What the files of one task may have together, bytes.
    var task: Int { state.withLock { $0.task } }

    func change(task: Int, tenant: Int?) {
        state.withLock { state in
            state.task = task
            state.tenant = tenant
        }
    }

    /// Takes room for a tenant (gives it back where `bytes` is negative). Returns the limit when that is passed: then
    /// nothing was taken.
    func take(_ bytes: Int, for tenant: String, count: () -> [String: Int]) -> Int? {
        guard !tenant.isEmpty else { return nil }
        return state.withLock { state in
            if state.used == nil {
                guard state.tenant != nil else { return nil }
                state.used = count()
            }
            let used = max(0, (state.used?[tenant] ?? 0) + bytes)
            if let limit = state.tenant, bytes > 0, used > limit { return limit }
            state.used?[tenant] = used
            return nil
        }
    }

    /// Notes that a reference went away.
    func lostReference() {
        state.withLock { $0.mayHaveOrphans = true }
    }

    /// Whether to look for contents nobody refers to; the answer is yes once.
    func takeOrphanHint() -> Bool {
        state.withLock { state in
            defer { state.mayHaveOrphans = false }
            return state.mayHaveOrphans
        }
    }
}
