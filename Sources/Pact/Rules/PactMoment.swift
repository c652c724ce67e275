import Contracts

/// A form of dates and times in the letters of Java's `DateTimeFormatter`, as matchers and generators use it.
struct PactMoment: Sendable, Hashable {
    /// A piece of the form.
    enum Piece: Sendable, Hashable {
        case literal(String)
        /// A pattern letter and how often it stands there.
        case field(Character, Int)
    }

    struct Fault: Error {
        let message: String
    }

    private static let letters = Set("GuyYDMLdQqwWEeaHkKhmsSAnNVzOXxZ")

    let text: String
    let pieces: [Piece]

    init(_ text: String) throws(Fault) {
        var pieces: [Piece] = []
        let characters = Array(text)
        var place = 0
        while place < characters.count {
            let character = characters[place]
            if character == "'" {
                let (literal, next) = try PactMoment.quoted(characters, place)
                pieces.append(.literal(literal))
                place = next
            } else if character.isASCII, character.isLetter {
                guard PactMoment.letters.contains(character) else {
                    throw Fault(message: "the letter \(character) means nothing in a form of dates")
                }
                let count = characters[place...].prefix { $0 == character }.count
                guard count <= 9 else { throw Fault(message: "too many letters \(character) in a form of dates") }
                pieces.append(.field(character, count))
                place += count
            } else {
                pieces.append(.literal(String(character)))
                place += 1
            }
        }
        self.text = text
        self.pieces = pieces
    }

    /// The text between quotes; two quotes are one.
    private static func quoted(_ characters: [Character], _ start: Int) throws(Fault) -> (String, Int) {
        var place = start + 1
        var literal = ""
        while place < characters.count {
            if characters[place] != "'" {
                literal.append(characters[place])
                place += 1
            } else if place + 1 < characters.count, characters[place + 1] == "'" {
                literal.append("'")
                place += 2
            } else {
                return (place == start + 1 ? "'" : literal, place + 1)
            }
        }
        throw Fault(message: "a quote in a form of dates has no end")
    }

    /// Whether the text is a moment in this form.
    func accepts(_ text: String) -> Bool {
        var reader = PactMomentReader(text)
        for piece in pieces {
            switch piece {
            case .literal(let literal): guard reader.skip(literal) else { return false }
            case .field(let letter, let count): guard reader.read(letter, count) else { return false }
            }
        }
        return reader.isAtEnd && reader.isDate
    }
}
