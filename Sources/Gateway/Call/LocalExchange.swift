import Contracts
import NIOCore
import Store
import Wire

/// The exchange of a caller inside the process: a task step, a typed call. Gathers the answer and completes a promise.
final class LocalExchange: ServerExchange {
    let eventLoop: any EventLoop
    let remoteAddress = ""
    let isSecure = true
    let isWritable = true

    private let promise: EventLoopPromise<CallResult>
    private let limit: Int
    private var head: ResponseHead?
    private var content = ByteBuffer()

    /// - Parameter limit: largest answer in bytes.
    init(eventLoop: any EventLoop, promise: EventLoopPromise<CallResult>, limit: Int = 16 << 20) {
        self.eventLoop = eventLoop
        self.promise = promise
        self.limit = limit
    }

    func sendContinue() {}

    func send(_ head: ResponseHead) {
        self.head = head
    }

    func send(_ content: ByteBuffer) {
        guard self.content.readableBytes + content.readableBytes <= limit else {
            fail(Self.tooLarge)
            return
        }
        self.content.writeImmutableBuffer(content)
    }

    func end(trailers: FieldList?) {
        guard let head else { return abort() }
        finish(head, content, json: nil)
    }

    func answer(_ head: ResponseHead, _ content: ByteBuffer) {
        finish(head, content, json: nil)
    }

    func finish(_ head: ResponseHead, _ content: ByteBuffer, json: JSONValue?) {
        let json = json ?? (content.readableBytes > 0 ? try? JSONValue.parse(Array(content.readableBytesView)) : nil)
        promise.succeed(
            .answer(CallAnswer(status: head.status, fields: head.fields, body: content, json: json)))
    }

    func finish(_ result: CallResult) {
        promise.succeed(result)
    }

    func fail(_ error: any Error) {
        promise.fail(error)
    }

    func abort() {
        promise.fail(Self.broken)
    }

    func pause() {}
    func resume() {}

    private static let tooLarge = Problem(
        "provider_answer_broken", source: .provider, status: 502, title: "Provider's answer cannot be used",
        detail: "The answer is too large.", log: "the answer is larger than the limit of a call inside the process")
    private static let broken = Problem(
        "provider_answer_broken", source: .provider, status: 502, title: "Provider's answer cannot be used",
        detail: "The answer broke off.", isRetryable: true)
}
