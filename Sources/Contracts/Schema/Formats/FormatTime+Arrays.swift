/// For callers that hold an array.
extension FormatTime {
    static func isDateTime(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { isDateTime($0) }
    }

    static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBufferPointer { isDate($0) }
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        byte.isDigit
    }
}
