/// The colours of the terminal's sixteen that words and shapes may have, by what they mean.
enum Ink: String, Sendable {
    case ok = "32"
    case warn = "33"
    case fail = "31"
    case run = "34"
    case wait = "35"
    case note = "2"
    case sentence = "1"
}

extension Terminal {
    /// The text in that ink, or as it is where there is no colour.
    func paint(_ text: String, _ ink: Ink) -> String {
        hasColour && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
    }

    func sentence(_ text: String) -> String { paint(text, .sentence) }
    func note(_ text: String) -> String { paint(text, .note) }
}
