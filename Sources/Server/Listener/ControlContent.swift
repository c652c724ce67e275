import NIOCore

/// A request's content, read as the route asks for it; the caller is slowed down meanwhile.
struct ControlContent: AsyncSequence, Sendable {
    let exchange: ControlExchange

    struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        let exchange: ControlExchange

        func next() async throws -> ByteBuffer? {
            try await exchange.nextPiece()
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(exchange: exchange)
    }
}
