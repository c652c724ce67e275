import Store

extension GateState {
    @inline(__always)
    func hasPlace(_ slot: Int) -> Bool {
        // Whoever stands in line could not go either: places that become free are handed on at once.
        running < concurrency && slots[slot].running < slots[slot].concurrency
    }

    /// Somebody wanted a place and there was none.
    mutating func noteFull(_ slot: Int) {
        places.note(running + waiting + 1)
        slots[slot].places.note(slots[slot].running + slots[slot].line.count + 1)
    }

    @inline(__always)
    mutating func takePlace(_ slot: Int) {
        running += 1
        slots[slot].running += 1
        places.note(running)
        slots[slot].places.note(slots[slot].running)
    }

    mutating func line(_ slot: Int, _ whenFree: @escaping @Sendable () -> Void) -> ProviderGate.Turn {
        guard !hasPlace(slot) else {
            takePlace(slot)
            return .place
        }
        guard waiting < queue else { return .refused(GateRefusal(.crowded, retryAfter: crowdedFor)) }
        if slots[slot].line.count == 0 { lines.append(slot) }
        tickets += 1
        waiting += 1
        slots[slot].line.append(tickets, whenFree)
        return .waiting(ProviderGate.Ticket(slot: slot, number: tickets))
    }

    /// Returns false when the place is theirs already.
    mutating func giveUp(_ ticket: ProviderGate.Ticket) -> Bool {
        guard slots[ticket.slot].line.remove(ticket.number) else { return false }
        waiting -= 1
        forgetEmptyLine(ticket.slot)
        return true
    }

    /// Frees a place and hands it to the next who can use it.
    ///
    /// - Returns: what tells them.
    mutating func freePlace(_ slot: Int, at now: Moment) -> (@Sendable () -> Void)? {
        running -= 1
        slots[slot].running -= 1
        guard waiting > 0 else {
            lastLeave = 0
            return nil
        }
        if lastLeave > 0 {
            let gap = min(max(now.nanoseconds - lastLeave, 0), Self.longestGap)
            turnover += (gap - turnover) / 8
        }
        lastLeave = now.nanoseconds
        return next()
    }

    /// Gives a free place to the first in line whose operation may take one.
    mutating func next() -> (@Sendable () -> Void)? {
        guard waiting > 0, running < concurrency else { return nil }
        var chosen: (slot: Int, number: Int64)?
        for slot in lines where slots[slot].running < slots[slot].concurrency {
            guard let number = slots[slot].line.first, number < chosen?.number ?? .max else { continue }
            chosen = (slot, number)
        }
        guard let slot = chosen?.slot, let whenFree = slots[slot].line.removeFirst() else { return nil }
        waiting -= 1
        forgetEmptyLine(slot)
        takePlace(slot)
        return whenFree
    }

    private mutating func forgetEmptyLine(_ slot: Int) {
        guard slots[slot].line.count == 0, let index = lines.firstIndex(of: slot) else { return }
        lines.swapAt(index, lines.count - 1)
        lines.removeLast()
    }

    /// About how long it takes until all who wait now have had their turn.
    private var crowdedFor: Duration {
        let (wait, overflow) = turnover.multipliedReportingOverflow(by: Int64(waiting))
        return .nanoseconds(overflow ? Self.longestGap : min(max(wait, Self.second), Self.longestGap))
    }

    private static let second: Int64 = 1_000_000_000
    private static let longestGap: Int64 = 60_000_000_000
}
