extension String {
    /// The text with what could move the cursor, change colours or turn the writing direction made visible as `?`.
    ///
    /// Everything that comes from a server, a provider or a file goes through here before it is shown on a terminal.
    var printable: String {
        guard unicodeScalars.contains(where: Self.isUnsafe) else { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            result.append(Self.isUnsafe(scalar) ? (scalar == "\n" || scalar == "\t" ? " " : "?") : scalar)
        }
        return String(result)
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// Filled with spaces at the end, or cut, to exactly so many columns.
    func padded(_ width: Int) -> String {
        let length = count
        return length <= width ? self + String(repeating: " ", count: width - length) : shortened(width)
    }

    /// Filled with spaces at the front.
    func flushRight(_ width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }

    /// Cut at the end to at most so many columns.
    func shortened(_ width: Int) -> String {
        guard count > width else { return self }
        return width > 3 ? String(prefix(width - 2)) + ".." : String(prefix(max(0, width)))
    }

    /// Broken between words into lines of at most so many columns; a longer word stays whole.
    func wrapped(_ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if line.count + 1 + word.count <= width {
                line += " " + word
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + (line.isEmpty ? [] : [line])
    }
}
