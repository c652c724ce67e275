/// What differs between two texts, line by line, with a little of what stands around it.
enum LineDiff {
    private static let around = 2

    static func lines(_ before: String, _ after: String, on terminal: Terminal) -> [String] {
        let old = split(before)
        let new = split(after)
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var rows: [(sign: String, text: String)] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if removed.contains(left) {
                rows.append(("-", old[left]))
                left += 1
            } else if inserted.contains(right) {
                rows.append(("+", new[right]))
                right += 1
            } else {
                rows.append((" ", left < old.count ? old[left] : new[right]))
                left += 1
                right += 1
            }
        }
        return shown(rows, on: terminal)
    }

    private static func shown(_ rows: [(sign: String, text: String)], on terminal: Terminal) -> [String] {
        let changed = rows.indices.filter { rows[$0].sign != " " }
        var lines: [String] = []
        var last = -1
        for index in rows.indices where changed.contains(where: { abs($0 - index) <= around }) {
            if last >= 0, index > last + 1 { lines.append(terminal.note("  ...")) }
            last = index
            let text = "\(rows[index].sign) \(rows[index].text.printable)"
            lines.append(rows[index].sign == " " ? text : terminal.paint(text, rows[index].sign == "-" ? .fail : .ok))
        }
        return lines
    }

    private static func split(_ text: String) -> [String] {
        text.isEmpty ? [] : text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
