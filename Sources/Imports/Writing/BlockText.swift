import Inventory

/// A YAML text seen as lines under keys, so that single keys can be changed and everything else stays as a person wrote it.
///
/// Only mappings written in lines of their own can be seen like this; the caller compares what is seen with what a YAML
/// reader found, and leaves alone what differs.
struct BlockText {
    /// A key with its value.
    struct Block {
        let key: String
        /// The key's line and those of its value.
        var lines: Range<Int>
        let indent: Int
    }

    private(set) var lines: [String]
    /// What ends a line.
    private let newline: String
    /// The text as it came; nil once it is another.
    private var original: String?

    init(_ text: String) {
        newline = text.contains("\r\n") ? "\r\n" : "\n"
        original = text
        lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map {
            String($0)
        }
        while lines.last == "" { lines.removeLast() }
    }

    var text: String { original ?? lines.joined(separator: newline) + newline }

    /// The keys at the top.
    var top: [Block] { blocks(in: 0..<lines.count) }

    /// The keys of a block's mapping; empty when its value is no mapping in lines of its own.
    func children(of block: Block) -> [Block] {
        blocks(in: block.lines.lowerBound + 1..<block.lines.upperBound, below: block.indent)
    }

    /// The keys that have the indentation of the first one.
    private func blocks(in range: Range<Int>, below outer: Int = -1) -> [Block] {
        guard let first = range.first(where: { isContent(lines[$0]) && !lines[$0].hasPrefix("---") }) else { return [] }
        let indent = Self.indent(lines[first])
        guard indent > outer else { return [] }
        var blocks: [Block] = []
        for place in first..<range.upperBound where isContent(lines[place]) && Self.indent(lines[place]) == indent {
            guard let key = Self.key(lines[place].dropFirst(indent)) else { continue }
            if let last = blocks.indices.last { blocks[last].lines = blocks[last].lines.lowerBound..<place }
            blocks.append(Block(key: key, lines: place..<range.upperBound, indent: indent))
        }
        return blocks.map { block in
            var block = block
            block.lines = block.lines.lowerBound..<end(of: block)
            return block
        }
    }

    /// Where a block's lines end: blank lines, and comments that are not indented further, belong to what follows.
    private func end(of block: Block) -> Int {
        var end = block.lines.upperBound
        while end > block.lines.lowerBound + 1 {
            let line = lines[end - 1]
            let isComment = line.drop { $0 == " " }.hasPrefix("#")
            guard line.allSatisfy({ $0 == " " }) || (isComment && Self.indent(line) <= block.indent) else { break }
            end -= 1
        }
        return end
    }

    mutating func replace(_ range: Range<Int>, with new: [String]) {
        lines.replaceSubrange(range, with: new)
        original = nil
    }

    /// The comment at the end of a line, its spaces included; nil when there is none or it cannot be told.
    static func comment(_ line: String) -> String? {
        guard let mark = line.firstRange(of: " #"),
            !line[..<mark.lowerBound].contains(where: { $0 == "\"" || $0 == "'" })
        else { return nil }
        let start = line[..<mark.lowerBound].lastIndex { $0 != " " }
        return start.map { String(line[line.index(after: $0)...]) }
    }

    private func isContent(_ line: String) -> Bool {
        guard let first = line.first(where: { $0 != " " }) else { return false }
        return first != "#"
    }

    private static func indent(_ line: String) -> Int {
        line.prefix { $0 == " " }.count
    }

    /// The key a line begins with.
    private static func key(_ line: Substring) -> String? {
        guard let first = line.first, !"-[{?&*!|>%@`#".contains(first) else { return nil }
        if first == "\"" || first == "'" {
            let rest = line.dropFirst()
            guard let end = rest.firstIndex(of: first),
                rest[rest.index(after: end)...].drop(while: { $0 == " " }).first == ":"
            else { return nil }
            return rest[..<end].contains("\\") ? nil : String(rest[..<end])
        }
        var place = line.startIndex
        while let mark = line[place...].firstIndex(of: ":") {
            let next = line.index(after: mark)
            if next == line.endIndex || line[next] == " " { return String(line[..<mark]).trimmed }
            place = next
        }
        return nil
    }
}
