internal import CPQ

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One connection to the database, through libpq. It blocks, and belongs to the one thread that uses it at a time.
///
/// It waits for its socket itself, with a time-out, so that a network that went silent holds nobody: the connection then
/// counts as lost. It needs nothing that a session would have to keep, apart from prepared statements, which can be
/// left out.
final class PostgresConnection {
    let handle: OpaquePointer
    let prepares: Bool
    /// SQL of the statements that this connection has prepared.
    var prepared: [String: String] = [:]

    /// Connects; throws when that has not succeeded within `timeout`.
    init(_ address: PostgresAddress, prepares: Bool, timeout: Duration) throws(PostgresFailure) {
        let deadline = Deadline(after: timeout)
        // What comes after the address wins over it; what comes before is a default.
        let parameters: [(String, String)] = [
            ("fallback_application_name", "footing"), ("keepalives_idle", "15"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "20000"), ("dbname", address.uri),
            ("client_encoding", "UTF8"),
        ]
        guard let handle = Self.start(parameters) else {
            throw PostgresFailure(.lost, message: "out of memory")
        }
        self.handle = handle
        self.prepares = prepares
        // Only so do errors of connecting name their SQLSTATE.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
        try finishConnecting(deadline)
        PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
        guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
            throw failure()
        }
    }

    deinit {
        PQfinish(handle)
    }

    private static func start(_ parameters: [(String, String)]) -> OpaquePointer? {
        var keywords = parameters.map { UnsafePointer(strdup($0.0)) }
        var values = parameters.map { UnsafePointer(strdup($0.1)) }
        defer {
            for text in keywords + values { free(UnsafeMutablePointer(mutating: text)) }
        }
        keywords.append(nil)
        values.append(nil)
        return PQconnectStartParams(keywords, values, 1)
    }

    private func finishConnecting(_ deadline: Deadline) throws(PostgresFailure) {
        guard PQstatus(handle) != CONNECTION_BAD else { throw connectFailure() }
        var wanted = POLLOUT
        while true {
            guard try wait(for: Int16(wanted), deadline) else {
                throw PostgresFailure(.lost, message: "no connection within the time for it")
            }
            switch PQconnectPoll(handle) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: wanted = POLLIN
            case PGRES_POLLING_WRITING: wanted = POLLOUT
            default: throw connectFailure()
            }
        }
    }

    /// Whether the connection can be used for the next transaction: notices when the server has ended it meanwhile.
    var isUsable: Bool {
        guard PQstatus(handle) == CONNECTION_OK, PQconsumeInput(handle) == 1 else { return false }
        dropNotifications()
        return PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE
    }

    /// The socket, for who waits for notifications.
    var socket: Int32 { PQsocket(handle) }

    /// What libpq has read of notifications: a pooler may hand us those of others, which would pile up.
    private func dropNotifications() {
        while let notification = PQnotifies(handle) { PQfreemem(notification) }
    }

    /// Channel payloads that have come in.
    func takeNotifications() throws(PostgresFailure) -> [String] {
        guard PQconsumeInput(handle) == 1 else { throw failure() }
        var payloads: [String] = []
        while let notification = PQnotifies(handle) {
            if let extra = notification.pointee.extra { payloads.append(String(cString: extra)) }
            PQfreemem(notification)
        }
        return payloads
    }

    /// Waits for the socket; false when the time is over.
    func wait(for events: Int16, _ deadline: Deadline) throws(PostgresFailure) -> Bool {
        let socket = PQsocket(handle)
        guard socket >= 0 else { throw failure() }
        var entry = pollfd(fd: socket, events: events, revents: 0)
        while true {
            let count = poll(&entry, 1, deadline.milliseconds)
            if count > 0 { return true }
            if count == 0 { return false }
            guard errno == EINTR else { throw PostgresFailure(.lost, message: "poll failed, errno \(errno)") }
        }
    }

    /// The connection's own error, as a loss of it.
    func failure() -> PostgresFailure {
        PostgresFailure(.lost, message: message())
    }

    func message() -> String {
        guard let text = PQerrorMessage(handle) else { return "" }
        return String(cString: text).split(separator: "\n").joined(separator: " ")
    }

    private func connectFailure() -> PostgresFailure {
        let message = message()
        return PostgresFailure(.lost, sqlState: Self.sqlState(in: message), message: message)
    }

    /// The SQLSTATE in a verbose message: `FATAL:  53300: sorry, too many clients already`.
    static func sqlState(in message: String) -> String? {
        message.split(separator: " ").first { word in
            word.utf8.count == 6 && word.utf8.last == UInt8(ascii: ":")
                && word.utf8.dropLast().allSatisfy {
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                }
                && word.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }.map { String($0.dropLast()) }
    }
}

/// A moment by the clock that never jumps.
struct Deadline {
    private let end: Int64

    init(after duration: Duration) {
        end = SystemClock().uptimeNanoseconds() + duration.wholeMilliseconds * 1_000_000
    }

    var isOver: Bool { SystemClock().uptimeNanoseconds() >= end }

    /// What is left, for `poll`.
    var milliseconds: Int32 {
        Int32(clamping: max(0, (end - SystemClock().uptimeNanoseconds() + 999_999) / 1_000_000))
    }
}
