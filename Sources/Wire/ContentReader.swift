import NIOCore

/// Reads a message's content, however its head says that it ends (RFC 9112, 6.3).
struct ContentReader: Sendable {
    enum Part {
        /// A slice of the input.
        case content(ByteBuffer)
        case end(FieldList?)
    }

    private enum Framing {
        case exactly(left: Int)
        case chunks(ChunkDecoder)
        case untilClose
    }

    private var framing: Framing

    private init(_ framing: Framing) {
        self.framing = framing
    }

    /// Content of this many bytes; none where that is zero.
    static func exactly(_ count: Int) -> ContentReader { ContentReader(.exactly(left: count)) }
    static func chunks(_ limits: WireLimits) -> ContentReader { ContentReader(.chunks(ChunkDecoder(limits: limits))) }
    static let untilClose = ContentReader(.untilClose)

    /// Whether the end of the connection is the content's end, too.
    var mayEndHere: Bool {
        switch framing {
        case .exactly(let left): left == 0
        case .chunks: false
        case .untilClose: true
        }
    }

    /// The next piece; nil when more bytes are needed.
    mutating func next(_ input: inout ByteBuffer) throws(WireError) -> Part? {
        switch framing {
        case .exactly(0):
            return .end(nil)
        case .exactly(let left):
            guard let piece = Self.piece(&input, atMost: left) else { return nil }
            framing = .exactly(left: left - piece.readableBytes)
            return .content(piece)
        case .chunks(var decoder):
            defer { framing = .chunks(decoder) }
            return try decoder.next(&input)
        case .untilClose:
            return Self.piece(&input, atMost: .max).map { .content($0) }
        }
    }

    private static func piece(_ input: inout ByteBuffer, atMost limit: Int) -> ByteBuffer? {
        guard let piece = input.readSlice(length: min(limit, input.readableBytes)), piece.readableBytes > 0 else {
            return nil
        }
        return piece
    }
}
