/// Rows of text in columns as wide as they need; the last column takes what is left of the line.
struct Table {
    private var rows: [[String]] = []
    private let heads: [String]

    init(_ heads: String...) {
        self.heads = heads
    }

    mutating func add(_ cells: String...) {
        rows.append(cells.map(\.printable))
    }

    /// The lines, with the heads as a note; every line fits the terminal.
    func lines(on terminal: Terminal) -> [String] {
        let widths = heads.indices.map { column in
            ([heads] + rows).map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (column, cell) in cells.enumerated() {
                let isLast = column == cells.count - 1
                text += isLast ? cell : cell.padded(widths[column]) + "  "
            }
            return text.shortened(terminal.isTerminal ? terminal.width : 400)
        }
        return [terminal.note(line(heads))] + rows.map(line)
    }
}
