package import NIOCore
import NIOPosix
package import Wire

extension HTTPClient {
    /// Sends once and returns the whole answer; never retries. A task that is cancelled ends the attempt.
    ///
    /// Calls of one endpoint share the connections of one loop.
    ///
    /// - Parameter limit: largest answer's content in bytes; a larger one is `.tooLarge`.
    package func send(
        _ request: ClientRequest, limit: Int = 16 << 20
    ) async throws(ClientError) -> (head: ResponseHead, content: ByteBuffer) {
        let loop = loop(for: request.endpoint)
        let promise = loop.makePromise(of: WholeAnswer.Answer.self)
        let answer = NIOLoopBoundBox.makeBoxSendingValue(
            WholeAnswer(limit: limit, promise: promise), eventLoop: loop)
        loop.execute { answer.value.exchange = self.start(request, on: loop, answer.value) }
        do {
            return try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                loop.execute { answer.value.cancel() }
            }
        } catch {
            throw error as? ClientError ?? ClientError(.closed, wasSent: true, detail: "\(error)")
        }
    }
}

/// Puts an answer together. Confined to its event loop.
private final class WholeAnswer: ClientExchangeDelegate {
    typealias Answer = (head: ResponseHead, content: ByteBuffer)

    private let limit: Int
    private var promise: EventLoopPromise<Answer>?
    private var head = ResponseHead(status: 502)
    private var content = ByteBuffer()
    var exchange: (any ClientExchange)?

    init(limit: Int, promise: EventLoopPromise<Answer>) {
        self.limit = limit
        self.promise = promise
    }

    func cancel() {
        fail(ClientError(.closed, wasSent: exchange?.wasSent ?? false, detail: "the caller left"))
    }

    func providerIsReady() {}

    func providerAnswered(_ head: ResponseHead) {
        self.head = head
        if case .exactly(let count) = head.length { content.reserveCapacity(min(count, limit, 1 << 20)) }
    }

    func providerSent(_ content: ByteBuffer) {
        guard self.content.readableBytes + content.readableBytes <= limit else {
            return fail(
                ClientError(.tooLarge, wasSent: true, detail: "the answer is larger than \(limit) bytes"))
        }
        self.content.writeImmutableBuffer(content)
    }

    func providerFinished(trailers: FieldList?) {
        settle(.success((head, content)))
    }

    func providerFailed(_ error: ClientError) {
        settle(.failure(error))
    }

    private func fail(_ error: ClientError) {
        exchange?.cancel()
        settle(.failure(error))
    }

    private func settle(_ result: Result<Answer, any Error>) {
        let promise = promise
        self.promise = nil
        exchange = nil
        promise?.completeWith(result)
    }
}
