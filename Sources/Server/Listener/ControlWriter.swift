import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// Writes a route's answer to its caller, at the caller's pace; head and content in one go where the content is one piece.
struct ControlWriter: ResponseBodyWriter {
    private let exchange: ControlExchange
    /// Until it is sent.
    private var head: ResponseHead?
    private var isWhole = false

    init(_ exchange: ControlExchange, _ head: ResponseHead) {
        self.exchange = exchange
        self.head = head
    }

    mutating func write(_ buffer: ByteBuffer) async throws {
        if let head, head.length == .exactly(buffer.readableBytes) {
            self.head = nil
            isWhole = true
            await exchange.answer((head, buffer))
        } else if !isWhole {
            let head = head
            self.head = nil
            try await exchange.send(head, buffer)
        }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        if let head {
            await exchange.answer((head, ByteBuffer()))
        } else if !isWhole {
            await exchange.finish(trailers: trailingHeaders.flatMap { $0.isEmpty ? nil : ControlRequest.fields($0) })
        }
    }
}
