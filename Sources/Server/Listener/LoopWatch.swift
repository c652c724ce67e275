import NIOCore

/// A connection that is looked at once a second.
protocol WatchedConnection: AnyObject {
    /// Its place in the watch's list; the watch's alone.
    var place: Int { get set }
    /// The time, in seconds; closes what has waited too long.
    func tick(_ now: UInt32)
    /// No further requests.
    func drain()
    func closeNow()
}

/// Something with bytes that wait for the end of the loop's turn.
protocol DeferredFlush: AnyObject {
    func flushDeferred()
}

/// What the connections of one event loop share: a coarse clock, the `Date` field, buffers for answers, flushes at the end of a turn.
///
/// One timer a second for all connections; it runs only while there are any. `@unchecked Sendable`: every method is called on
/// `loop` alone, which `add`, `drain` and `closeNow`, the ways in from elsewhere, check.
final class LoopWatch: @unchecked Sendable {
    let loop: any EventLoop
    /// Seconds of the loop's clock, at most one behind.
    private(set) var now: UInt32 = 0
    /// The text of the `Date` field.
    private(set) var date = ""
    /// `Date: ...` with its CRLF.
    private(set) var dateLine: [UInt8] = []

    private let readDate: @Sendable () -> String
    private var connections: [any WatchedConnection] = []
    private var timer: RepeatedTask?
    private var isDraining = false
    private var buffers: [ByteBuffer] = []
    private var unflushed: [any DeferredFlush] = []

    private static let keptBuffers = 64
    private static let bufferSize = 4 << 10
    private static let largestKeptBuffer = 32 << 10

    init(loop: any EventLoop, date: @escaping @Sendable () -> String) {
        self.loop = loop
        readDate = date
    }

    func add(_ connection: any WatchedConnection) {
        loop.preconditionInEventLoop()
        connection.place = connections.count
        connections.append(connection)
        if timer == nil {
            readClock()
            timer = loop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { [self] _ in tick() }
        }
        if isDraining { connection.drain() }
    }

    func remove(_ connection: any WatchedConnection) {
        let place = connection.place
        guard connections.indices.contains(place), connections[place] === connection else { return }
        connections[place] = connections[connections.count - 1]
        connections[place].place = place
        connections.removeLast()
    }

    func drain() {
        isDraining = true
        closeKept()
    }

    /// Ends the connections of this moment after their next answer.
    func closeKept() {
        loop.preconditionInEventLoop()
        for connection in connections { connection.drain() }
    }

    func closeNow() {
        loop.preconditionInEventLoop()
        for connection in connections { connection.closeNow() }
    }

    private func tick() {
        readClock()
        for connection in connections { connection.tick(now) }
        if connections.isEmpty {
            timer?.cancel()
            timer = nil
            buffers = []
        }
    }

    private func readClock() {
        now = UInt32(truncatingIfNeeded: loop.now.uptimeNanoseconds / 1_000_000_000)
        date = readDate()
        dateLine = Array("Date: \(date)\r\n".utf8)
    }

    /// An empty buffer to write an answer into.
    func takeBuffer() -> ByteBuffer {
        guard var buffer = buffers.popLast() else { return ByteBufferAllocator().buffer(capacity: Self.bufferSize) }
        buffer.clear()
        return buffer
    }

    /// Takes back a buffer whose bytes were handed to the channel.
    func giveBack(_ buffer: ByteBuffer) {
        if buffers.count < Self.keptBuffers, buffer.capacity <= Self.largestKeptBuffer { buffers.append(buffer) }
    }

    /// Flushes at the end of the loop's turn: several writes to one connection become one.
    func flushSoon(_ connection: any DeferredFlush) {
        unflushed.append(connection)
        guard unflushed.count == 1 else { return }
        loop.assumeIsolated().execute { [self] in
            let all = unflushed
            unflushed.removeAll(keepingCapacity: true)
            for connection in all { connection.flushDeferred() }
        }
    }
}
