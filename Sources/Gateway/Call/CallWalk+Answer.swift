import Contracts
import Inventory
import NIOCore
import Store
import Wire

/// How far the answer has come.
struct AnswerState {
    enum Mode {
        case none
        /// Kept until whole, up to the limit.
        case gathering(limit: Int)
        case streaming
    }

    var mode = Mode.none
    /// The caller has seen the answer's head.
    var hasBegun = false
    /// A copy of a streamed answer to a write, as far as it is kept.
    var copy: ByteBuffer?
    /// The project's own language.
    var language = "en"
    /// What the caller's limits say, where the caller should know.
    var limit: RateLimitNumbers?
    /// This call asks the provider for the cache.
    var fetch: CacheFetch?
    /// This call waits for another that asks.
    var seat: CacheSeat?
    /// The stored answer that the provider confirmed.
    var cached: CachedAnswer?
    var cacheStatus: CacheStatus?
    /// Watches what the provider sends.
    var leaks: AnswerGuard?
}

extension CallWalk {
    private static let discardLimit = 256 << 10

    func providerAnswered(_ attempt: CallAttempt, _ head: ResponseHead) {
        guard !isOver, let gate = sending?.gate else { return }
        let moment = tick()
        let after = Duration.nanoseconds(moment.nanoseconds - attempt.began)
        attempt.head = head
        let words = gate.learn(head.fields, status: head.status, attempt.pass, at: moment)
        gate.report(attempt.pass, .answered(status: head.status, after: after), at: moment)
        settleMoney(attempt, wasSent: true)
        guard counts(attempt, isGood: isGood(head), moment) else {
            note(attempt, status: head.status, .failed, reason: "answered \(head.status)", moment)
            gate.leave(attempt.pass, at: moment)
            return attempt.cancel()
        }
        guard head.status >= 400 else { return take(attempt, head) }
        if head.status >= 500 { context.mayHaveHappened = true }
        let action = sending?.machine.after(
            .answered(status: head.status, words), remaining: left(moment), jitter: ground.jitter.next(),
            spend: { gate.spendRetry(at: moment) })
        if case .again(let wait, let reason) = action {
            attempt.next = (wait, reason)
            return note(attempt, status: head.status, .retried, reason: reason, waited: wait, moment)
        }
        take(attempt, head)
    }

    private func isGood(_ head: ResponseHead) -> Bool {
        head.status < 400 || Hedge.isGood(status: head.status, statuses: retryStatuses)
    }

    private var retryStatuses: Set<Int> {
        context.operation?.operation.retryStatuses ?? context.route?.provider.retries.statuses ?? []
    }

    /// This answer is the call's answer.
    private func take(_ attempt: CallAttempt, _ head: ResponseHead) {
        let head = guarded(head)
        context.response = (head, ByteBuffer())
        if let limit = planForCache(attempt, head) ?? gatherLimit(head), (head.length.known ?? 0) <= limit {
            answer.mode = .gathering(limit: limit)
            if let length = head.length.known, ResponseHead.hasContent(status: head.status, method: context.wire.method)
            {
                context.response?.body.reserveCapacity(length)
            }
        } else {
            beginStreaming(attempt, head)
        }
    }

    /// How much of the answer must be at hand before the caller may have any; nil: nothing.
    private func gatherLimit(_ head: ResponseHead) -> Int? {
        if head.status == 101 { return nil }
        if head.status >= 400 { return CheckAnswer.errorLimit }
        if MapAnswer.applies(context) { return CheckAnswer.contractLimit }
        if CheckAnswer.isEventStream(head) { return nil }
        if CheckAnswer.applies(head, context) { return CheckAnswer.contractLimit }
        if context.hasIntent { return Remember.answerLimit }
        // A short answer goes out with its head in one write.
        return head.length.known.flatMap { $0 <= 16 << 10 ? 16 << 10 : nil }
    }

    private func beginStreaming(_ attempt: CallAttempt, _ head: ResponseHead) {
        if CheckAnswer.applies(head, context) {
            guard context.operation?.drift.breaks != .fail else { return fail(CheckAnswer.tooLarge(context)) }
            context.notes.append("answer too large to be checked")
        }
        CheckAnswer.noteUndocumented(head, context)
        declineCache(.size)
        answer.mode = .streaming
        answer.hasBegun = true
        sending?.machine.answerReachedCaller()
        let silence = context.route?.provider.timeouts.total ?? .seconds(30)
        let isOpen = head.status == 101 || CheckAnswer.isEventStream(head)
        attempt.exchange?.liftTimeout(silence: isOpen ? max(silence, .seconds(300)) : silence)
        let body = guarded(context.response?.body ?? ByteBuffer(), isLast: false)
        if context.hasIntent { answer.copy = body }
        exchange.send(outgoing(head))
        if body.readableBytes > 0 { exchange.send(body) }
        context.status = head.status
        if !exchange.isWritable { attempt.exchange?.pause() }
        if head.status == 101 { beginTunnel(attempt) }
    }

    /// What the caller sends from here on is another protocol's, and goes on as it comes.
    private func beginTunnel(_ attempt: CallAttempt) {
        content.phase = .streaming
        content.isEnded = false
        providerIsReady(attempt)
    }

    func providerSent(_ attempt: CallAttempt, _ piece: ByteBuffer) {
        guard !isOver else { return }
        if attempt.next != nil {
            attempt.discarded += piece.readableBytes
            if attempt.discarded > Self.discardLimit { discard(attempt) }
            return
        }
        switch answer.mode {
        case .gathering(let limit):
            context.response?.body.writeImmutableBuffer(piece)
            guard (context.response?.body.readableBytes ?? 0) > limit, let head = attempt.head else { return }
            if answer.fetch != nil, let further = gatherLimit(head), further > limit {
                declineCache(.size)
                answer.mode = .gathering(limit: further)
                return
            }
            if head.status >= 400 || MapAnswer.applies(context) {
                attempt.cancel()
                return providerFinished(attempt, nil)
            }
            beginStreaming(attempt, context.response?.head ?? head)
        case .streaming:
            stream(guarded(piece, isLast: false))
            if !exchange.isWritable { attempt.exchange?.pause() }
        case .none:
            break
        }
    }

    private func stream(_ piece: ByteBuffer) {
        guard piece.readableBytes > 0 else { return }
        exchange.send(piece)
        // One piece beyond the limit is enough for the store to see that it was passed.
        if let count = answer.copy?.readableBytes, count <= StoredAnswer.bodyLimit {
            answer.copy?.writeImmutableBuffer(piece)
        }
    }

    /// A failed attempt's content is not worth waiting for.
    private func discard(_ attempt: CallAttempt) {
        attempt.cancel()
        providerFinished(attempt, nil)
    }

    func providerFinished(_ attempt: CallAttempt, _ trailers: FieldList?) {
        guard !isOver, let gate = sending?.gate else { return }
        let moment = tick()
        gate.leave(attempt.pass, at: moment)
        sending?.attempt = nil
        context.providerNanoseconds += moment.nanoseconds - attempt.began
        if attempt.next != nil { return again(attempt, moment) }
        let status = attempt.head?.status ?? 0
        let reason = status >= 400 ? "answered \(status)" : attempt.held < 50_000_000 ? nil : "held back by the limits"
        note(attempt, status: status, status >= 400 ? .failed : .ok, reason: reason, moment)
        close(.send)
        switch answer.mode {
        case .streaming: endStream(trailers)
        case .gathering, .none: complete(moment)
        }
    }

    private func endStream(_ trailers: FieldList?) {
        var trailers = trailers
        if var fields = trailers {
            answer.leaks?.pass(&fields)
            trailers = fields
        }
        stream(guarded(ByteBuffer(), isLast: true))
        tellLeaks()
        exchange.end(trailers: trailers)
        invalidateCache()
        if context.hasIntent, let (head, _) = context.response {
            settle(.answered(Remember.stored(head, answer.copy ?? ByteBuffer())))
        }
        finish(status: context.status)
    }

    /// The answer is at hand: check, map, settle, deliver.
    private func complete(_ moment: Moment) {
        if let cached = answer.cached { return deliver(cached) }
        if let body = context.response?.body { context.response?.body = guarded(body, isLast: true) }
        tellLeaks()
        do {
            try CheckAnswer(language: answer.language).run(context, state.scratch, at: moment)
            close(.checkAnswer)
            guard let (head, body) = try MapAnswer().run(context) else { return fail(CancellationError()) }
            close(.map)
            invalidateCache()
            if let cached = keepInCache(head, body) { return deliver(cached) }
            guard context.hasIntent else { return deliver(head, body) }
            settle(.answered(Remember.stored(head, body))) { walk in
                if !walk.isOver { walk.deliver(head, body) }
            }
        } catch {
            fail(error)
        }
    }

    /// Gives the whole answer to the caller and ends the call.
    func deliver(_ head: ResponseHead, _ body: ByteBuffer) {
        var head = head
        if ResponseHead.hasContent(status: head.status, method: context.wire.method) {
            head.length = .exactly(body.readableBytes)
        }
        guard let local else {
            exchange.answer(outgoing(head), body)
            return finish(status: head.status)
        }
        finish(status: head.status)
        local.finish(head, body, json: context.json)
    }

    func outgoing(_ head: ResponseHead) -> ResponseHead {
        var head = MapAnswer.head(head, requestID: context.request.requestID)
        if let status = answer.cacheStatus, !head.fields.contains(.cacheStatus) {
            head.fields.append(.cacheStatus, status.text)
        }
        if let limit = answer.limit { head.fields.append(.rateLimit, limit.rateLimit) }
        context.fault?.mark(&head.fields)
        if context.hasKeptAnswer, !head.fields.contains(.idempotencyExpires) {
            head.fields.append(.idempotencyExpires, HTTPDate.text(context.began.wall + NewIntent.lifetime))
        }
        return head
    }
}
