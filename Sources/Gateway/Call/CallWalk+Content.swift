import NIOCore
import Store
import Wire

/// How far the caller's content has come.
struct ContentState {
    enum Phase {
        case waiting
        /// Kept until whole, so that it can be checked and sent again.
        case gathering
        /// Too large to keep: pieces go on as they come, once there is somewhere to go.
        case streaming
        case whole
    }

    /// What is kept of a request's content to be sent again.
    static let replayLimit = 1 << 20
    /// What is checked against a contract.
    static let contractLimit = 10 << 20

    var phase = Phase.waiting
    var isEnded = false
    var trailers: FieldList?
    var isPaused = false

    var isWhole: Bool { phase == .whole }
}

extension CallWalk: ServerExchangeDelegate {
    private var limit: Int {
        context.operation?.body != nil ? ContentState.contractLimit : ContentState.replayLimit
    }

    /// Waits until the content is whole or known to be too large to keep.
    func gatherContent() throws {
        if case .typed = context.request.target {
            content.phase = .whole
            return contentReady()
        }
        switch context.wire.length {
        case .none:
            content.phase = .whole
            return contentReady()
        case .exactly(let count) where count > limit, .exactly(let count) where count > ContentState.contractLimit:
            guard context.operation?.body == nil else { throw tooLarge() }
            content.phase = .streaming
            pauseCaller()
            return contentReady()
        default:
            content.phase = .gathering
        }
        exchange.sendContinue()
        context.wire.expectsContinue = false
        if content.isEnded { contentIsWhole() }
    }

    func callerSent(_ piece: ByteBuffer) {
        guard !isOver else { return }
        if content.phase == .streaming, let attempt = sending?.attempt, let target = attempt.exchange {
            target.send(piece)
            if !target.isWritable { pauseCaller() }
            return
        }
        context.wire.body.writeImmutableBuffer(piece)
        guard context.wire.body.readableBytes > limit else { return }
        switch content.phase {
        case .gathering:
            guard context.operation?.body == nil else { return fail(tooLarge()) }
            content.phase = .streaming
            context.notes.append("content too large to be sent again")
            pauseCaller()
            contentReady()
        case .waiting, .streaming, .whole:
            pauseCaller()
        }
    }

    func callerFinished(trailers: FieldList?) {
        guard !isOver else { return }
        content.isEnded = true
        content.trailers = trailers
        switch content.phase {
        case .gathering: contentIsWhole()
        case .streaming: sending?.attempt?.exchange?.end(trailers: trailers)
        case .waiting, .whole: break
        }
    }

    func callerLeft() {
        guard !isOver else { return }
        // A tunnel ends when either side leaves it.
        if context.status == 101 {
            stopSending()
            return finish(status: 101)
        }
        fail(CancellationError())
    }

    func callerIsReady() {
        sending?.attempt?.exchange?.resume()
    }

    func pauseCaller() {
        guard !content.isPaused, !content.isEnded else { return }
        content.isPaused = true
        exchange.pause()
    }

    func resumeCaller() {
        guard content.isPaused else { return }
        content.isPaused = false
        exchange.resume()
    }

    private func contentIsWhole() {
        content.phase = .whole
        let count = context.wire.body.readableBytes
        context.wire.length = count > 0 ? .exactly(count) : .none
        contentReady()
    }

    private func tooLarge() -> Problem {
        context.problem(
            "input_too_large", .caller, 413, "Content is too large", "That is more than can be taken at once.",
            advice: "A request with a contract may have \(ContentState.contractLimit >> 20) MB.")
    }
}
