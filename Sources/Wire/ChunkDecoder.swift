import NIOCore

/// Reads content in chunks (RFC 9112, 7.1), strictly: no bare line feeds, no sizes that overflow, bounded extensions and trailers.
struct ChunkDecoder: Sendable {
    private enum State {
        case size
        case data(Int)
        case dataEnd
        case trailers(HeadScanner)
    }

    private static let lineLimit = 256
    private var state = State.size
    private let limits: WireLimits

    init(limits: WireLimits) {
        self.limits = limits
    }

    /// nil: more bytes are needed.
    mutating func next(_ input: inout ByteBuffer) throws(WireError) -> ContentReader.Part? {
        while true {
            switch state {
            case .size:
                guard let size = try Self.size(&input) else { return nil }
                state = size == 0 ? .trailers(HeadScanner()) : .data(size)
            case .data(let left):
                guard let piece = input.readSlice(length: min(left, input.readableBytes)), piece.readableBytes > 0
                else { return nil }
                state = piece.readableBytes == left ? .dataEnd : .data(left - piece.readableBytes)
                return .content(piece)
            case .dataEnd:
                guard let end = input.getInteger(at: input.readerIndex, as: UInt16.self) else {
                    if let first = input.getInteger(at: input.readerIndex, as: UInt8.self), first != Octet.cr {
                        throw WireError("a chunk is longer than its size")
                    }
                    return nil
                }
                guard end == 0x0D0A else { throw WireError("a chunk is longer than its size") }
                input.moveReaderIndex(forwardBy: 2)
                state = .size
            case .trailers(var scanner):
                let length = try scanner.length(in: input, limit: limits.trailers)
                guard let length, let bytes = input.readSlice(length: length) else {
                    state = .trailers(scanner)
                    return nil
                }
                state = .size
                guard length > 2 else { return .end(nil) }
                return .end(try Self.trailers(bytes, limit: limits.fields))
            }
        }
    }

    private static func trailers(_ bytes: ByteBuffer, limit: Int) throws(WireError) -> FieldList {
        let result = bytes.withUnsafeReadableBytes { bytes in
            Result { () throws(WireError) in
                try FieldSection(
                    UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - 2)]), .trailers, limit: limit, spare: 0)
            }
        }
        return try result.get().fields
    }

    /// Reads `size [extensions] CRLF`; the extensions mean nothing to us (RFC 9112, 7.1.1).
    private static func size(_ input: inout ByteBuffer) throws(WireError) -> Int? {
        let read: Result<(size: Int, length: Int)?, WireError> = input.withUnsafeReadableBytes { bytes in
            var index = 0
            var size = 0
            while index < bytes.count, let digit = hexDigit(bytes[index]) {
                guard index < 15 else { return .failure(WireError("a chunk's size is too large")) }
                size = size << 4 | digit
                index += 1
            }
            guard index < bytes.count else { return .success(nil) }
            guard index > 0 else { return .failure(WireError("a chunk has no size")) }
            if bytes[index] != Octet.cr {
                guard bytes[index] == UInt8(ascii: ";") else {
                    return .failure(WireError("a chunk's size is not a hexadecimal number"))
                }
                while index < bytes.count, bytes[index] != Octet.cr {
                    guard bytes[index] >= 0x20, bytes[index] < 0x7F else {
                        return .failure(WireError("a chunk's extension holds a control character"))
                    }
                    index += 1
                }
                guard index <= lineLimit else { return .failure(WireError("a chunk's extensions are too long")) }
            }
            guard index + 1 < bytes.count else { return .success(nil) }
            guard bytes[index + 1] == Octet.lf else {
                return .failure(WireError("a chunk's size does not end with CRLF"))
            }
            return .success((size, index + 2))
        }
        guard let (size, length) = try read.get() else { return nil }
        input.moveReaderIndex(forwardBy: length)
        return size
    }

    private static func hexDigit(_ byte: UInt8) -> Int? {
        switch byte {
        case 0x30...0x39: Int(byte - 0x30)
        case 0x41...0x46: Int(byte - 0x41 + 10)
        case 0x61...0x66: Int(byte - 0x61 + 10)
        default: nil
        }
    }
}
