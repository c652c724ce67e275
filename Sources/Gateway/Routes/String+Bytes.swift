extension String {
    /// Runs `body` with the text's UTF-8 bytes, which are not copied where they lie in one piece.
    package func withBytes<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        var text = self
        return try text.withUTF8 { try body($0.span) }
    }
}
