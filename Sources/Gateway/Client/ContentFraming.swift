import NIOCore
import Wire

/// How a request's content is put on an HTTP/1.1 connection.
enum ContentFraming: Equatable {
    case none
    case exactly(left: Int)
    case chunks
    /// After the switch to another protocol.
    case raw

    /// A piece that does not fit what the head announced.
    struct Mismatch: Error {}

    /// Pieces up to this size are copied between their chunk's lines, which is cheaper than three writes.
    private static let copied = 4096

    init(_ length: BodyLength) {
        switch length {
        case .none: self = .none
        case .exactly(let count): self = .exactly(left: count)
        case .streamed: self = .chunks
        }
    }

    /// A piece and what is written around it.
    struct Framed: Equatable {
        var before: ByteBuffer?
        var piece: ByteBuffer
        var after: ByteBuffer?
    }

    /// nil for an empty piece, which as a chunk would end the content.
    mutating func frame(_ piece: ByteBuffer) throws(Mismatch) -> Framed? {
        let count = piece.readableBytes
        guard count > 0 else { return nil }
        switch self {
        case .none:
            throw Mismatch()
        case .exactly(let left):
            guard count <= left else { throw Mismatch() }
            self = .exactly(left: left - count)
            return Framed(piece: piece)
        case .chunks:
            var line = ByteBufferAllocator().buffer(capacity: count > Self.copied ? 16 : count + 16)
            line.writeString(String(count, radix: 16))
            line.writeStaticString("\r\n")
            guard count <= Self.copied else {
                return Framed(before: line, piece: piece, after: ByteBuffer(staticString: "\r\n"))
            }
            line.writeImmutableBuffer(piece)
            line.writeStaticString("\r\n")
            return Framed(piece: line)
        case .raw:
            return Framed(piece: piece)
        }
    }

    /// What stands at the end, if anything.
    func end(trailers: FieldList?) throws(Mismatch) -> ByteBuffer? {
        switch self {
        case .none, .raw, .exactly(left: 0):
            return nil
        case .exactly:
            throw Mismatch()
        case .chunks:
            var last = ByteBuffer(staticString: "0\r\n")
            trailers?.write(into: &last)
            last.writeStaticString("\r\n")
            return last
        }
    }
}
