import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds the end of a head that arrives in pieces, looking at every byte once.
struct HeadScanner: Sendable {
    private var scanned = 0
    private var lineStart = 0

    /// Bytes of the whole head with its empty line; nil while it has not come. Every line must end with CRLF.
    mutating func length(in buffer: ByteBuffer, limit: Int) throws(WireError) -> Int? {
        var failure: WireError?
        let found: Int? = buffer.withUnsafeReadableBytes { bytes in
            guard let start = bytes.baseAddress else { return nil }
            while let feed = memchr(start + scanned, CInt(Octet.lf), bytes.count - scanned) {
                let index = UnsafeRawPointer(feed) - start
                guard index > 0, bytes[index - 1] == Octet.cr else {
                    failure = WireError("a line of the head does not end with CRLF")
                    return nil
                }
                let isEmpty = index - lineStart == 1
                lineStart = index + 1
                scanned = lineStart
                if isEmpty { return lineStart }
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
