import Logging
import NIOCore
import Wire

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What an exchange's answerer does to the connection.
extension HTTP1Connection {
    /// Content up to this size is copied behind its head or chunk size, so that it leaves in the same write.
    private static let copiedContent = 8 << 10

    var isWritable: Bool { unwritableSince == nil }

    func sendContinue() {
        guard machine.sendContinue() else { return }
        write { $0.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n") }
        flushSoon()
    }

    func send(_ head: ResponseHead) {
        start(head, isWhole: false)
        flushSoon()
    }

    func send(_ content: ByteBuffer) {
        write(content)
        flushSoon()
    }

    func answer(_ head: ResponseHead, _ content: ByteBuffer) {
        start(head, isWhole: true)
        write(content)
        end(trailers: nil)
    }

    func end(trailers: FieldList?) {
        perform(machine.end(), trailers)
    }

    func abort() {
        perform(machine.abort(), nil)
    }

    private func start(_ head: ResponseHead, isWhole: Bool) {
        switch machine.start(status: head.status, length: head.length, isWhole: isWhole) {
        case .nothing: break
        case .sendContinue: write { $0.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n") }
        case .informational: write { head.write(into: &$0, framing: .untilClose, keepsAlive: true) }
        case .tunnel: write { head.write(into: &$0, framing: .upgrade("websocket"), keepsAlive: true) }
        case .head(let framing, let keepsAlive):
            let written: ResponseHead.Framing =
                switch framing {
                case .length: .length
                case .chunked: .chunked
                case .untilClose, nil: .untilClose
                }
            write { buffer in
                head.write(into: &buffer, framing: written, keepsAlive: keepsAlive)
                // In front of the empty line.
                buffer.moveWriterIndex(to: buffer.writerIndex - 2)
                if !head.fields.contains(.date) { buffer.writeBytes(watch.dateLine) }
                if keepsAlive, machine.answersHTTP1_0 { buffer.writeStaticString("Connection: keep-alive\r\n") }
                buffer.writeStaticString("\r\n")
            }
        }
    }

    private func write(_ content: ByteBuffer) {
        switch machine.send(content: content.readableBytes) {
        case .drop: break
        case .raw(let count):
            writeRaw(
                count == content.readableBytes ? content : content.getSlice(at: content.readerIndex, length: count))
        case .chunk:
            write { buffer in
                buffer.writeHexadecimal(content.readableBytes)
                buffer.writeStaticString("\r\n")
            }
            writeRaw(content)
            write { $0.writeStaticString("\r\n") }
        }
    }

    private func writeRaw(_ content: ByteBuffer?) {
        guard let content else { return }
        guard content.readableBytes > Self.copiedContent else {
            write { $0.writeImmutableBuffer(content) }
            return
        }
        handOver()
        context?.write(wrapOutboundOut(content), promise: nil)
        isUnflushed = true
    }

    private func perform(_ end: ServerConnection.End, _ trailers: FieldList?) {
        switch end {
        case .nothing: break
        case .keep(let lastChunk):
            if lastChunk { writeLastChunk(trailers) }
            if !isInBurst { flush() }
            answered()
        case .close(let lastChunk, let lingers):
            if lastChunk { writeLastChunk(trailers) }
            letGo()
            close(lingers: lingers || hasUnreadInput)
        case .abort(let resets):
            letGo()
            flush()
            if resets { resetOnClose() }
            closeNow()
        }
    }

    private func writeLastChunk(_ trailers: FieldList?) {
        write { buffer in
            buffer.writeStaticString("0\r\n")
            trailers?.write(into: &buffer)
            buffer.writeStaticString("\r\n")
        }
    }

    func writeProblem(_ error: WireError) {
        let (head, content) = RefusalAnswer.make(error)
        write { buffer in
            head.write(into: &buffer, framing: .length, keepsAlive: false)
            buffer.moveWriterIndex(to: buffer.writerIndex - 2)
            buffer.writeBytes(watch.dateLine)
            buffer.writeStaticString("\r\n")
            buffer.writeImmutableBuffer(content)
        }
    }
}

/// Buffers on their way to the channel.
extension HTTP1Connection: DeferredFlush {
    private func write(_ body: (inout ByteBuffer) -> Void) {
        guard context != nil else { return }
        var buffer = output ?? watch.takeBuffer()
        output = nil
        body(&buffer)
        output = buffer
    }

    /// Gives what was gathered to the channel without flushing it.
    private func handOver() {
        guard let buffer = output, let context else { return }
        output = nil
        context.write(wrapOutboundOut(buffer), promise: nil)
        watch.giveBack(buffer)
        isUnflushed = true
    }

    func flush() {
        guard let context else { return }
        if let buffer = output {
            output = nil
            isUnflushed = false
            context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
            watch.giveBack(buffer)
        } else if isUnflushed {
            isUnflushed = false
            context.flush()
        }
    }

    private func flushSoon() {
        guard !isInBurst, !isFlushScheduled, context != nil else { return }
        isFlushScheduled = true
        watch.flushSoon(self)
    }

    func flushDeferred() {
        isFlushScheduled = false
        flush()
    }
}

/// Ends of the connection.
extension HTTP1Connection: WatchedConnection {
    /// Closes when all is written; `lingers`: reads on until the caller closes, so that no reset takes the answer from it.
    func close(lingers: Bool) {
        guard let context else { return }
        flush()
        lastSign = watch.now
        isWritingLast = true
        let written = context.eventLoop.makePromise(of: Void.self)
        let channel = context.channel
        written.futureResult.assumeIsolated().whenComplete { [self] _ in
            isWritingLast = false
            lastSign = watch.now
            if !lingers { channel.close(promise: nil) }
        }
        context.close(mode: .output, promise: written)
    }

    func closeNow() {
        context?.close(promise: nil)
    }

    /// The close that follows is a reset: what is not sent yet is lost, and the caller sees an error.
    private func resetOnClose() {
        guard let socket = context?.channel as? any SocketOptionProvider else { return }
        socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenFailure { [logger = ground.logger] error in
            logger.debug("connection could not be reset", metadata: ["reason": "\(error)"])
        }
    }

    func drain() {
        if machine.drain() { close(lingers: false) }
    }

    func tick(_ now: UInt32) {
        let patience = ground.options.patience
        if let unwritableSince, now &- unwritableSince > patience.reader {
            closeNow()
            return
        }
        let limit =
            isWritingLast ? patience.reader : machine.patience(patience, isPaused: isPausedByAnswerer)
        guard let limit, now &- lastSign > limit else { return }
        if machine.isWaiting || machine.isLingering {
            closeNow()
        } else {
            refuse(WireError(408, "the request did not come in time"))
        }
    }
}

extension ByteBuffer {
    /// Writes a positive number in hexadecimal digits.
    fileprivate mutating func writeHexadecimal(_ number: Int) {
        var shift = max(0, (Int.bitWidth - number.leadingZeroBitCount - 1) / 4 * 4)
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: number >> shift & 0xF)
            writeInteger(digit < 10 ? 0x30 + digit : 0x57 + digit)
            shift -= 4
        }
    }
}
