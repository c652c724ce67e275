/// JSON that an inventory file contains or names, as text, with the place it came from.
///
/// The text is valid JSON: YAML written in place has been converted, a file has been read and checked.
public struct JSONSource: Hashable, Sendable {
    /// The JSON text.
    public let text: String
    /// The file the JSON was written in, relative to the project folder (`footing/contracts/rent.json`).
    public let file: String
    /// The line where it begins, counted from 1.
    public let line: Int

    public init(text: String, file: String, line: Int) {
        self.text = text
        self.file = file
        self.line = line
    }
}
