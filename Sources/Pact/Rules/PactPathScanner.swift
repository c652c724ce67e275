/// Reads path expressions: `$`, `.name`, `.*`, `['name']`, `[0]`, `[*]`; a missing `$` is taken as there.
struct PactPathScanner {
    private let characters: [Character]
    private var place = 0

    init(_ text: String) {
        characters = Array(text)
    }

    mutating func read() -> [PactPath.Token]? {
        guard !characters.isEmpty else { return [.root] }
        var tokens: [PactPath.Token] = [.root]
        if characters[0] == "$" {
            place = 1
        } else if characters[0] != "[", characters[0] != "." {
            guard let name = name() else { return nil }
            tokens.append(name)
        }
        while place < characters.count {
            let mark = characters[place]
            place += 1
            let token = mark == "." ? name() : mark == "[" ? bracket() : nil
            guard let token else { return nil }
            tokens.append(token)
        }
        return tokens
    }

    private mutating func name() -> PactPath.Token? {
        let start = place
        while place < characters.count, characters[place] != ".", characters[place] != "[" {
            guard !"]'\"}{!".contains(characters[place]) else { return nil }
            place += 1
        }
        guard place > start else { return nil }
        let text = String(characters[start..<place])
        return text == "*" ? .any : .name(text)
    }

    private mutating func bracket() -> PactPath.Token? {
        guard place < characters.count else { return nil }
        let quote = characters[place]
        if quote == "'" || quote == "\"" {
            place += 1
            let start = place
            // A quote inside the name is one that no bracket follows.
            while place < characters.count {
                if characters[place] == quote, place + 1 < characters.count, characters[place + 1] == "]" { break }
                place += 1
            }
            guard place < characters.count, place > start else { return nil }
            let text = String(characters[start..<place])
            place += 2
            return .name(text)
        }
        let start = place
        while place < characters.count, characters[place] != "]" { place += 1 }
        guard place < characters.count else { return nil }
        let text = String(characters[start..<place])
        place += 1
        if text == "*" { return .anyIndex }
        guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Int(text).map { .index($0) }
    }
}
