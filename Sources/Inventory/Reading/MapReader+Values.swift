extension MapReader {
    /// Text that is not empty; a number counts as the text it was written with.
    func text(_ key: String, required: Bool = false) -> String? {
        parse(key, expected: "text", required: required) { field in
            switch field.node.value {
            case .text(let text): text.allSatisfy(\.isWhitespace) ? nil : text
            case .number(_, let written): written
            default: nil
            }
        }
    }

    /// Text that may be empty.
    func anyText(_ key: String, required: Bool = false) -> String? {
        parse(key, expected: "text", required: required) { $0.node.text }
    }

    /// Text that can be the name of something.
    func name(_ key: String, required: Bool = false) -> String? {
        parse(key, expected: Names.expected, required: required) { field in
            field.node.text.flatMap { Names.isName($0) ? $0 : nil }
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        parse(key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { field in
            guard case .number(let json, _) = field.node.value, let number = Int(json), range.contains(number) else {
                return nil
            }
            return number
        }
    }

    /// A share: more than 0 and at most 1.
    func share(_ key: String) -> Double? {
        parse(key, expected: "a number above 0 and up to 1") { field in
            guard case .number(let json, _) = field.node.value, let number = Double(json), number > 0, number <= 1
            else { return nil }
            return number
        }
    }

    func flag(_ key: String) -> Bool? {
        parse(key, expected: "true or false") { field in
            guard case .bool(let flag) = field.node.value else { return nil }
            return flag
        }
    }

    /// One of a few words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, required: Bool = false) -> Choice?
    where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue)
        let expected = "one of \(words.joined(separator: ", "))"
        guard let field = value(key, required: required ? expected : nil) else { return nil }
        if let text = field.node.text, let choice = Choice(rawValue: text) { return choice }
        let near = field.node.text.flatMap { Spelling.suggestion(for: $0, among: words) }
        field.wrong(expected: expected, suggestion: near)
        return nil
    }

    /// A span of time longer than nothing.
    func duration(
        _ key: String, atMost limit: Duration = .seconds(366 * 86_400), required: Bool = false
    ) -> Duration? {
        let expected = "a time such as \"200ms\", \"5s\", \"10m\", \"8h\" or \"2d\", at most \(limit.inventoryText)"
        return parse(key, expected: expected, required: required) { field in
            field.node.text.flatMap { Duration(inventoryText: $0) }.flatMap { $0 > .zero && $0 <= limit ? $0 : nil }
        }
    }

    func rate(_ key: String) -> Rate? {
        parse(key, expected: "a rate such as \"10/1s\" or \"600/1m\"") { field in
            field.node.text.flatMap { Rate(inventoryText: $0) }
        }
    }

    func money(_ key: String, required: Bool = false) -> Money? {
        parse(key, expected: "an amount and a currency such as \"0.002 USD\"", required: required) { field in
            field.node.text.flatMap { Money(inventoryText: $0) }
        }
    }

    /// A list of HTTP error statuses.
    func statuses(_ key: String) -> Set<Int>? {
        guard let field = value(key) else { return nil }
        var statuses: Set<Int> = []
        for item in field.items {
            if case .number(let json, _) = item.node.value, let status = Int(json), (400...599).contains(status) {
                statuses.insert(status)
            } else {
                item.wrong(expected: "an HTTP status from 400 to 599")
            }
        }
        return statuses
    }

    /// The address of a page for people.
    func link(_ key: String) -> String? {
        parse(key, expected: "an address that begins with https:// or http://") { field in
            field.node.text.flatMap { text in
                let isLink = text.hasPrefix("https://") || text.hasPrefix("http://")
                return isLink && !text.contains(where: \.isWhitespace) ? text : nil
            }
        }
    }

    /// A reader of the mapping under a key.
    func map(_ key: String, title: String? = nil, required expected: String? = nil) -> MapReader? {
        value(key, required: expected)?.reader(title: title)
    }
}
