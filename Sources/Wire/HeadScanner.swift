import NIOCore

/// Finds the end of a head that arrives in pieces, looking at every byte once.
struct HeadScanner: Sendable {
    private var scanned = 0
    private var lineStart = 0

    /// Bytes of the whole head with its empty line; nil while it has not come. Every line must end with CRLF.
    mutating func length(in buffer: ByteBuffer, limit: Int) throws(WireError) -> Int? {
        var failure: WireError?
        let found: Int? = buffer.withUnsafeReadableBytes { bytes in
            var index = scanned
            while index < bytes.count {
                guard bytes[index] == Octet.lf else {
                    index += 1
                    continue
                }
                guard index > 0, bytes[index - 1] == Octet.cr else {
                    failure = WireError("a line of the head does not end with CRLF")
                    return nil
                }
                let isEmpty = index - lineStart == 1
                lineStart = index + 1
                index += 1
                if isEmpty { return index }
            }
            scanned = bytes.count
            return nil
        }
        if let failure { throw failure }
        guard (found ?? buffer.readableBytes) <= limit else {
            throw WireError(431, "the head is larger than \(limit) bytes")
        }
        if found != nil { self = HeadScanner() }
        return found
    }
}
