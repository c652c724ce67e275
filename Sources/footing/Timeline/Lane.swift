/// The strip beside a step that shows when it worked, waited and failed, on the task's axis of time.
struct Lane {
    private enum Mark {
        case worked, held, failed, running, expected, edge(String)
    }

    private var cells: [Mark?]
    private let origin: Int64
    private let span: Double

    /// - Parameters:
    ///   - origin: the moment at the left edge, milliseconds.
    ///   - span: milliseconds over the whole width.
    init(width: Int, origin: Int64, span: Double) {
        cells = Array(repeating: nil, count: max(1, width))
        self.origin = origin
        self.span = max(1, span)
    }

    /// A step or an item with its tries, up to now if it has not ended.
    mutating func draw(tries: [Timeline.Try], from start: Int64, to end: Int64?, now: Int64, isFailed: Bool) {
        fill(end == nil ? .running : .worked, start, end ?? now)
        for attempt in tries {
            let began = Double(attempt.end) - attempt.spent
            fill(.held, Int64(began - attempt.held), Int64(began), isAtLeastOne: attempt.held >= 1000)
            let next = attempt.end + Int64(min(attempt.waited, 1e12))
            fill(.held, attempt.end, min(now, next), isAtLeastOne: attempt.waited >= 1000)
        }
        if let last = tries.last, last.isOK { put(.worked, at(last.end)) }
        for attempt in tries where !attempt.isOK { put(.failed, at(attempt.end)) }
        if isFailed, let end { put(.failed, at(end)) }
    }

    /// A step whose items have lanes of their own: from edge to edge.
    mutating func bracket(from start: Int64, to end: Int64) {
        let (first, last) = (at(start), at(end))
        for cell in first...max(first, last) { cells[cell] = .edge("─") }
        cells[first] = .edge("├")
        cells[max(first, last)] = .edge("┤")
    }

    /// Time that a step will probably still take.
    mutating func expect(from start: Int64, milliseconds: Double) {
        guard milliseconds > 0 else { return }
        for cell in at(start)...at(start + Int64(min(milliseconds, 1e12))) where cells[cell] == nil {
            cells[cell] = .expected
        }
    }

    /// The strip, as wide as the lane, coloured.
    func text(on terminal: Terminal) -> String {
        var text = ""
        var run = ""
        var ink: Ink?
        for cell in cells {
            let (sign, wanted) = Self.sign(cell, isUTF8: terminal.isUTF8)
            if wanted != ink {
                text += ink.map { terminal.paint(run, $0) } ?? run
                (run, ink) = ("", wanted)
            }
            run += sign
        }
        return text + (ink.map { terminal.paint(run, $0) } ?? run)
    }

    private static func sign(_ mark: Mark?, isUTF8: Bool) -> (String, Ink?) {
        switch mark {
        case nil: (" ", nil)
        case .worked: (isUTF8 ? "█" : "#", .ok)
        case .held: (isUTF8 ? "░" : "-", .note)
        case .failed: (isUTF8 ? "✗" : "x", .fail)
        case .running: (isUTF8 ? "▓" : "=", .run)
        case .expected: (isUTF8 ? "·" : ".", .note)
        case .edge(let sign): (isUTF8 ? sign : sign == "─" ? "-" : "|", .note)
        }
    }

    private mutating func fill(_ mark: Mark, _ start: Int64, _ end: Int64, isAtLeastOne: Bool = true) {
        let (first, last) = (at(start), at(end - 1))
        // A stretch narrower than a cell still shows, unless it would hide the work beside it.
        guard isAtLeastOne || last > first else { return }
        for cell in first...max(first, last) { cells[cell] = mark }
    }

    private mutating func put(_ mark: Mark, _ cell: Int) {
        cells[cell] = mark
    }

    private func at(_ moment: Int64) -> Int {
        let place = Double(moment - origin) / span * Double(cells.count)
        return min(cells.count - 1, max(0, Int(place)))
    }
}
