/// Why a text is no usable Pact file, and where.
package struct PactError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence without end mark; it holds names of the file, never values.
    package let message: String
    /// The value at fault (RFC 6901); empty for the whole file.
    package let pointer: String
    /// Counted from 1; nil where only the pointer is known.
    package let line: Int?

    package init(_ message: String, at pointer: String, line: Int? = nil) {
        self.message = message
        self.pointer = pointer
        self.line = line
    }

    package var description: String {
        let place = [line.map { "line \($0)" }, pointer.isEmpty ? nil : pointer].compactMap { $0 }
        return place.isEmpty ? message : "\(message) at \(place.joined(separator: ", "))"
    }
}
