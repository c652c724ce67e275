/// Why a document cannot be imported: the place, what is wrong there, and what to do about it.
package struct ImportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The document's name as it was given.
    package let file: String
    /// Counted from 1; nil where no place can be named.
    package let line: Int?
    /// The value at fault (RFC 6901); empty for the whole document.
    package let pointer: String
    package let message: String
    /// What to do.
    package let advice: String?

    package init(
        file: String, line: Int? = nil, pointer: String = "", message: String, advice: String? = nil
    ) {
        self.file = file
        self.line = line
        self.pointer = pointer
        self.message = message
        self.advice = advice
    }

    /// On one line, like a compiler's diagnostic.
    package var description: String {
        var text = file
        if let line { text += ":\(line)" }
        text += ": \(message)"
        if !pointer.isEmpty { text += " (\(pointer))" }
        return text
    }
}
