import NIOCore
import Wire

/// Between a caller's exchange, which lives on an event loop, and the task that answers it.
///
/// `@unchecked Sendable`: `head` and what describes the caller never change; all else is touched on `loop` alone. The methods for
/// the task are `async` and go there.
final class ControlExchange: ServerExchangeDelegate, @unchecked Sendable {
    /// Content that may wait for the task before the caller is slowed down.
    private static let readAhead = 64 << 10

    let head: RequestHead
    let remoteAddress: String
    let isSecure: Bool
    private let loop: any EventLoop
    private let exchange: any ServerExchange
    private var content = CircularBuffer<ByteBuffer>()
    private var contentSize = 0
    private var isWhole = false
    private var hasLeft = false
    private var reader: CheckedContinuation<ByteBuffer?, any Error>?
    private var writer: CheckedContinuation<Void, any Error>?
    private var task: Task<Void, Never>?

    init(_ head: RequestHead, _ exchange: any ServerExchange) {
        self.head = head
        self.exchange = exchange
        loop = exchange.eventLoop
        remoteAddress = exchange.remoteAddress
        isSecure = exchange.isSecure
    }

    // MARK: On the loop

    func callerSent(_ piece: ByteBuffer) {
        if let reader {
            self.reader = nil
            reader.resume(returning: piece)
            return
        }
        content.append(piece)
        contentSize += piece.readableBytes
        if contentSize > Self.readAhead { exchange.pause() }
    }

    func callerFinished(trailers: FieldList?) {
        isWhole = true
        reader?.resume(returning: nil)
        reader = nil
    }

    func callerLeft() {
        hasLeft = true
        content.removeAll()
        reader?.resume(throwing: CancellationError())
        reader = nil
        writer?.resume(throwing: CancellationError())
        writer = nil
        task?.cancel()
    }

    func callerIsReady() {
        writer?.resume()
        writer = nil
    }

    private func take(_ continuation: CheckedContinuation<ByteBuffer?, any Error>) {
        if let piece = content.popFirst() {
            contentSize -= piece.readableBytes
            if contentSize <= Self.readAhead / 2 { exchange.resume() }
            continuation.resume(returning: piece)
        } else if isWhole {
            continuation.resume(returning: nil)
        } else if hasLeft || reader != nil {
            continuation.resume(throwing: CancellationError())
        } else {
            reader = continuation
            exchange.sendContinue()
        }
    }

    private func wait(_ continuation: CheckedContinuation<Void, any Error>) {
        if hasLeft {
            continuation.resume(throwing: CancellationError())
        } else if exchange.isWritable || writer != nil {
            continuation.resume()
        } else {
            writer = continuation
        }
    }

    // MARK: For the task

    func cancelWhenLeft(_ task: Task<Void, Never>) {
        loop.execute {
            if self.hasLeft { task.cancel() } else { self.task = task }
        }
    }

    /// The next piece of the request's content; nil at its end. Throws `CancellationError` when the caller left.
    func nextPiece() async throws -> ByteBuffer? {
        try await withCheckedThrowingContinuation { continuation in
            loop.execute { self.take(continuation) }
        }
    }

    /// Returns when the caller takes more; throws `CancellationError` when it left.
    func send(_ head: ResponseHead?, _ piece: ByteBuffer) async throws {
        try await withCheckedThrowingContinuation { continuation in
            loop.execute {
                if let head { self.exchange.send(head) }
                self.exchange.send(piece)
                self.wait(continuation)
            }
        }
    }

    func answer(_ whole: (ResponseHead, ByteBuffer)) async {
        await onLoop { $0.answer(whole.0, whole.1) }
    }

    func finish(trailers: FieldList? = nil) async {
        await onLoop { $0.end(trailers: trailers) }
    }

    func abort() async {
        await onLoop { $0.abort() }
    }

    private func onLoop(_ body: @escaping @Sendable (any ServerExchange) -> Void) async {
        await withCheckedContinuation { continuation in
            loop.execute {
                body(self.exchange)
                self.task = nil
                continuation.resume()
            }
        }
    }
}
