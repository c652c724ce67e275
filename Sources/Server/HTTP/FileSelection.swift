import Gateway
import HTTPTypes
import Store

/// What is sent of a file, after the conditions and the range that a request names (RFC 9110, sections 13 and 14).
enum FileSelection: Equatable {
    case whole
    /// Bytes of one range.
    case part(Range<Int>)
    /// The caller has it already: 304.
    case notModified
    /// It is not what the caller expects it to be: 412.
    case changed
    /// The range lies behind the end: 416.
    case unsatisfiable

    /// - Parameters:
    ///   - tag: the strong entity tag, quoted.
    ///   - modified: told to whole seconds.
    static func make(_ request: HTTPRequest, tag: String, modified: Timestamp, size: Int) -> FileSelection {
        let fields = request.headerFields
        let second = modified.milliseconds / 1000
        if let expected = fields[.ifMatch] {
            guard EntityTags.hold(tag, in: expected, weakly: false) else { return .changed }
        } else if let since = fields[.ifUnmodifiedSince].flatMap({ HTTPDate.parse($0) }),
            second > since.milliseconds / 1000
        {
            return .changed
        }
        if let known = fields[.ifNoneMatch] {
            if EntityTags.hold(tag, in: known, weakly: true) { return .notModified }
        } else if let since = fields[.ifModifiedSince].flatMap({ HTTPDate.parse($0) }),
            second <= since.milliseconds / 1000
        {
            return .notModified
        }
        // A range is for GET alone (14.2), and for the content the caller has a part of (13.1.5).
        guard request.method == .get, let range = fields[.range] else { return .whole }
        if let condition = fields[.ifRange] {
            let holds =
                condition.hasPrefix("\"")
                ? condition == tag : HTTPDate.parse(condition).map { $0.milliseconds / 1000 } == second
            guard holds else { return .whole }
        }
        return part(range, size: size)
    }

    /// Several ranges, another unit, or what is no range, are answered with the whole, as 14.2 allows.
    private static func part(_ field: String, size: Int) -> FileSelection {
        guard let mark = field.firstIndex(of: "="), field[..<mark].lowercased() == "bytes" else { return .whole }
        let specs = field[field.index(after: mark)...].split(separator: ",")
            .map { $0.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed() }
            .map { String($0) }.filter { !$0.isEmpty }
        guard specs.count == 1, let dash = specs[0].firstIndex(of: "-") else { return .whole }
        let first = specs[0][..<dash]
        let last = specs[0][specs[0].index(after: dash)...]
        guard (first + last).utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return .whole }
        if first.isEmpty {
            guard !last.isEmpty else { return .whole }
            let count = number(last)
            return count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)..<size)
        }
        let start = number(first)
        guard last.isEmpty || number(last) >= start else { return .whole }
        guard start < size else { return .unsatisfiable }
        return .part(start..<(last.isEmpty ? size : min(size - 1, number(last)) + 1))
    }

    /// Larger numbers than there are bytes stand for "behind the end".
    private static func number(_ digits: Substring) -> Int { Int(digits) ?? .max }
}

/// Lists of entity tags in conditions.
enum EntityTags {
    /// Whether a list holds this strong tag (RFC 9110, 8.8.3.2), or is `*`.
    static func hold(_ tag: String, in list: String, weakly: Bool) -> Bool {
        list.split(separator: ",").contains { entry in
            let entry = entry.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
            return entry == "*" || entry == tag || weakly && entry == "W/\(tag)"
        }
    }
}
