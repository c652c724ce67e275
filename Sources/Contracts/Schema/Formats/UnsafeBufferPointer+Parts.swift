/// Reading of short texts without allocating.
extension UnsafeBufferPointer<UInt8> {
    @inline(__always)
    subscript(part range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: self[range])
    }

    @inline(__always)
    func from(_ start: Int) -> UnsafeBufferPointer<UInt8> {
        self[part: start..<count]
    }

    /// Calls `body` with the parts between separators until it says no; true when it never does.
    @inline(__always)
    func allParts(_ separator: UInt8, _ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        var start = 0
        var index = 0
        while index < count {
            if self[index] == separator {
                guard body(self[part: start..<index]) else { return false }
                start = index + 1
            }
            index += 1
        }
        return body(self[part: start..<count])
    }

    @inline(__always)
    func begins(with text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount
            && text.withUTF8Buffer { wanted in (0..<wanted.count).allSatisfy { self[$0] == wanted[$0] } }
    }
}
