import NIOCore

/// The times by which the attempts of one event loop must have got on: one timer for all of them.
///
/// The timer is set for the soonest time seen; when it fires, all attempts are looked through. Attempts usually end long before,
/// so that listing one costs an array's append and its end a swap.
final class Deadlines {
    /// Lookings-through are at least this far apart.
    private static let grain = TimeAmount.milliseconds(5)

    private let loop: any EventLoop
    private var attempts: [Attempt] = []
    private var next = NIODeadline.distantFuture
    private var timer: Scheduled<Void>?

    init(loop: any EventLoop) {
        self.loop = loop
    }

    var count: Int { attempts.count }

    func add(_ attempt: Attempt) {
        attempt.slot = attempts.count
        attempts.append(attempt)
        hasten(to: attempt.due)
    }

    func remove(_ attempt: Attempt) {
        let slot = attempt.slot
        guard slot >= 0 else { return }
        attempt.slot = -1
        let last = attempts.removeLast()
        guard slot < attempts.count else { return }
        attempts[slot] = last
        last.slot = slot
    }

    func hasten(to due: NIODeadline) {
        guard due < next else { return }
        timer?.cancel()
        next = due
        timer = loop.assumeIsolated().scheduleTask(deadline: due) { self.look() }
    }

    private func look() {
        let now = NIODeadline.now()
        next = .distantFuture
        timer = nil
        var soonest = NIODeadline.distantFuture
        var late: [Attempt] = []
        for attempt in attempts {
            if attempt.due <= now { late.append(attempt) } else { soonest = min(soonest, attempt.due) }
        }
        for attempt in late {
            attempt.dueTimePassed(now)
            if !attempt.isOver { soonest = min(soonest, attempt.due) }
        }
        if !attempts.isEmpty { hasten(to: max(soonest, now + Self.grain)) }
    }
}
