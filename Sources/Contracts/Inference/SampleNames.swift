/// What names and short texts look like.
enum SampleNames {
    /// No interface has longer names.
    private static let longest = 64

    private static let measures: Set<String> = [
        "amount", "average", "avg", "balance", "cost", "distance", "duration", "elapsed", "fee", "height", "lat",
        "latitude", "length", "lng", "lon", "longitude", "mean", "median", "percent", "percentage", "price",
        "probability",
        "rate", "ratio", "rent", "score", "seconds", "share", "speed", "sum", "tax", "temperature", "total", "value",
        "weight", "width",
    ]

    /// Whether one of the words of a name speaks of something that may have a fraction.
    static func isMeasure(_ name: String) -> Bool {
        words(of: name).contains { measures.contains($0) }
    }

    /// Whether a member's name is data: a number, a date, a UUID, an address, or letters and digits mixed at length.
    static func isData(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard !bytes.isEmpty else { return false }
        let digits = bytes.count { isDigit($0) }
        if digits == bytes.count { return true }
        let isOf = { (format: SchemaFormat) in
            bytes.withUnsafeBufferPointer { SchemaFormat.accepts(UInt32(format.rawValue), $0) }
        }
        if isOf(.date) || isOf(.uuid) || isOf(.dateTime) || bytes.contains(UInt8(ascii: "@")) || bytes.count > longest {
            return true
        }
        return bytes.count >= 12 && digits >= 3
            && bytes.allSatisfy { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }

    /// Whether a text may be one of a list of words: short, without spaces, no number.
    static func isWord(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 40 else { return false }
        return !isData(text) && text.utf8.allSatisfy { isDigit($0) || isLetter($0) || "_-.".utf8.contains($0) }
    }

    /// The words of `unit_price`, `unitPrice` and `unit-price`, in small letters.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasSmall = false
        for byte in name.utf8 {
            let isLarge = byte &- UInt8(ascii: "A") < 26
            if !isLetter(byte) || (isLarge && wasSmall) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if isLetter(byte) { word.unicodeScalars.append(Unicode.Scalar(byte | 0x20)) }
            wasSmall = isLetter(byte) && !isLarge
        }
        return word.isEmpty ? words : words + [word]
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
}
