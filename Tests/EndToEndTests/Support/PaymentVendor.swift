import NIOCore
import NIOPosix
import Synchronization

/// A payment vendor that lives in the test's own process, so that it outlives the server that is killed.
///
/// A request with a key it has not seen is one payment; with a known key it is the same payment again.
final class PaymentVendor: Sendable {
    /// Where the next request is held, so that the server can be killed exactly there.
    enum Stop: Sendable, CaseIterable {
        /// The request has arrived; nothing was paid and no answer comes.
        case beforeEffect
        /// Paid; no answer comes.
        case beforeAnswer
        /// Paid; the answer breaks off in its middle.
        case insideAnswer
        /// Paid and answered.
        case afterAnswer
    }

    private struct Book {
        var stop: Stop?
        var atStop: @Sendable () -> Void = {}
        var arrivals = 0
        /// The payment of each key.
        var payments: [String: String] = [:]
        /// How often each amount was paid.
        var paid: [String: Int] = [:]
    }

    let port: Int
    private let channel: any Channel
    private let book: SharedBook

    private final class SharedBook: Sendable {
        let content = Mutex(Book())
    }

    init() async throws {
        let book = SharedBook()
        self.book = book
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Desk(book))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    /// Requests that have come in whole.
    var arrivals: Int { book.content.withLock { $0.arrivals } }

    /// How often each amount was paid.
    var paid: [String: Int] { book.content.withLock { $0.paid } }

    /// Holds the next request at that point and runs `action` there, on the event loop.
    func hold(_ stop: Stop, _ action: @escaping @Sendable () -> Void) {
        book.content.withLock {
            $0.stop = stop
            $0.atStop = action
        }
    }

    private final class Desk: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let book: SharedBook
        private var received = ""

        init(_ book: SharedBook) { self.book = book }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            guard let end = received.firstRange(of: "\r\n\r\n") else { return }
            let head = received[..<end.lowerBound]
            let body = received[end.upperBound...]
            guard body.utf8.count >= Int(Self.field("content-length", head)) ?? 0 else { return }
            let key = Self.field("idempotency-key", head)
            let amount = body.firstMatch(of: /"amount": ?(\d+)/).map { String($0.1) } ?? ""
            received = ""
            answer(key, amount, context)
        }

        private func answer(_ key: String, _ amount: String, _ context: ChannelHandlerContext) {
            let (stop, action, payment) = book.content.withLock { book in
                book.arrivals += 1
                defer { book.stop = nil }
                guard book.stop != .beforeEffect else { return (book.stop, book.atStop, "") }
                if key.isEmpty || book.payments[key] == nil {
                    book.paid[amount, default: 0] += 1
                    book.payments[key] = "pay_\(book.payments.count + 1)"
                }
                return (book.stop, book.atStop, book.payments[key] ?? "")
            }
            let text = "{\"id\": \"\(payment)\", \"amount\": \(amount)}"
            let whole =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
            switch stop {
            case .beforeEffect, .beforeAnswer: break
            case .insideAnswer: write(String(whole.prefix(whole.count - 5)), context)
            case .afterAnswer, nil: write(whole, context)
            }
            if stop != nil { action() }
        }

        private func write(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }

        /// The value of a field, empty where it is not there.
        private static func field(_ name: String, _ head: Substring) -> String {
            for line in head.split(separator: "\r\n") {
                let parts = line.split(separator: ":", maxSplits: 1)
                if parts.count == 2, parts[0].lowercased() == name {
                    return String(parts[1].drop { $0 == " " })
                }
            }
            return ""
        }
    }
}
