import Store

/// The counts of calls since they were last collected: flat arrays that are written in place, so that counting a call
/// allocates nothing.
///
/// One table under one lock serves all event loops: a count holds it for some thirty nanoseconds, so at a hundred
/// thousand calls a second it is free 997 times in a thousand.
struct TallyTable: Sendable {
    /// What a slot counts apart.
    private static let kinds: [(outcome: CallRecord.Outcome, who: String?)] = [
        (.answered, nil), (.retried, nil), (.failed, "caller"), (.failed, "footing"), (.failed, "provider"),
    ]
    /// Names that are no operation of the inventory come from callers: they must not fill the memory.
    private static let slotLimit = 4096

    private struct Name: Hashable {
        let provider: String
        let operation: String
    }

    private struct Cell {
        var count = 0
        var limited = 0
        var total = 0
        var provider = 0
        var shortest = 0
        var longest = 0
        var last: Int64 = 0
    }

    private var names: [Name] = []
    private var slots: [Name: Int] = [:]
    /// A cell per slot and kind, with as many classes of its histogram.
    private var cells: [Cell] = []
    private var classes: [UInt32] = []
    /// Cells that are not empty.
    private var used: [Int] = []
    /// The minute they count, in minutes since 1970.
    private var minute: Int64 = 0
    /// Rows wanted of a slot's plain reads, then of its refusals, and in which second.
    private var rows: [(second: Int64, count: Int)] = []
    /// Counts of earlier minutes.
    private var closed: [Tally] = []
    private let rowsPerSecond: Int

    /// - Parameter rowsPerSecond: how many plain reads of an operation keep a row of their own in one second, and as many
    ///   of its refusals.
    init(rowsPerSecond: Int) {
        self.rowsPerSecond = rowsPerSecond
        _ = slot(provider: "", operation: "")
    }

    /// Slot 0 is for names there is no room for.
    mutating func slot(provider: String, operation: String) -> Int {
        let name = Name(provider: provider, operation: operation)
        if let known = slots[name] { return known }
        guard names.count < Self.slotLimit else { return 0 }
        names.append(name)
        slots[name] = names.count - 1
        cells += [Cell](repeating: Cell(), count: Self.kinds.count)
        classes += [UInt32](repeating: 0, count: Self.kinds.count * LatencyHistogram.classes)
        used.reserveCapacity(cells.count)
        rows += [(0, 0), (0, 0)]
        return names.count - 1
    }

    /// Counts a plain read or a refusal, unless its row is wanted.
    mutating func tally(_ facts: CallFacts) -> Bool {
        guard names.indices.contains(facts.slot) else { return true }
        let row = facts.slot * 2 + (facts.kind == .read ? 0 : 1)
        let second = facts.at.milliseconds / 1000
        if rows[row].second != second { rows[row] = (second, 0) }
        if rows[row].count < rowsPerSecond {
            rows[row].count += 1
            return true
        }
        count(
            facts.slot * Self.kinds.count + (facts.kind == .read ? 0 : 2), at: facts.at, total: facts.totalMicroseconds,
            provider: facts.providerMicroseconds, wasLimited: false)
        return false
    }

    mutating func count(_ call: CallRecord) {
        // Whoever has no token may ask for any provider.
        let slot =
            call.code == "provider_unknown" ? 0 : slot(provider: call.provider, operation: call.operation)
        let kind = Self.kinds.firstIndex { $0.outcome == call.outcome && $0.who == call.who }
        let total = Self.microseconds(call.totalMilliseconds)
        count(
            slot * Self.kinds.count + (kind ?? (call.outcome == .failed ? 3 : call.outcome == .retried ? 1 : 0)),
            at: call.at + .milliseconds(total / 1000), total: total,
            provider: Self.microseconds(call.providerMilliseconds),
            wasLimited: call.tries.contains { $0.status == 429 })
    }

    /// Takes all counts out.
    mutating func collect() -> [Tally] {
        close()
        defer { closed = [] }
        return closed
    }

    private mutating func count(_ cell: Int, at: Timestamp, total: Int, provider: Int, wasLimited: Bool) {
        let minute = at.milliseconds / 60_000
        // Loops may look at the clock a moment apart: the minute before is counted with this one.
        if minute != self.minute, minute + 1 != self.minute {
            close()
            self.minute = minute
        }
        let total = max(0, total)
        if cells[cell].count == 0 {
            used.append(cell)
            cells[cell].shortest = total
        }
        cells[cell].count += 1
        if wasLimited { cells[cell].limited += 1 }
        cells[cell].total += total
        cells[cell].provider += max(0, provider)
        cells[cell].shortest = min(cells[cell].shortest, total)
        cells[cell].longest = max(cells[cell].longest, total)
        cells[cell].last = max(cells[cell].last, at.milliseconds)
        classes[cell * LatencyHistogram.classes + LatencyHistogram.index(of: total)] &+= 1
    }

    private mutating func close() {
        for index in used {
            let cell = cells[index]
            let name = names[index / Self.kinds.count]
            let kind = Self.kinds[index % Self.kinds.count]
            let start = index * LatencyHistogram.classes
            let end = start + LatencyHistogram.classes
            closed.append(
                Tally(
                    start: Timestamp(milliseconds: minute * 60_000),
                    key: TallyKey(
                        provider: name.provider, operation: name.operation, outcome: kind.outcome, who: kind.who),
                    figures: CallFigures(
                        count: cell.count, limited: cell.limited, totalMicroseconds: cell.total,
                        providerMicroseconds: cell.provider, last: Timestamp(milliseconds: cell.last),
                        latencies: LatencyHistogram(
                            counts: classes[start..<end].map(Int.init), shortest: cell.shortest, longest: cell.longest)
                    )))
            cells[index] = Cell()
            for position in start..<end { classes[position] = 0 }
        }
        used.removeAll(keepingCapacity: true)
    }

    private static func microseconds(_ milliseconds: Double) -> Int {
        milliseconds.isFinite ? Int(min(max(0, milliseconds * 1000), 1e15)) : 0
    }
}
