#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The terminal that the process was started from, if any.
///
/// A hang-up means two things: a person asks a server to read its files again, or the window it was started in was closed.
struct ControllingTerminal: Sendable {
    private let wasThere = isThere

    /// There was one, and it has been closed.
    var isGone: Bool { wasThere && !Self.isThere }

    private static var isThere: Bool {
        let descriptor = open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        return true
    }

    /// As if somebody had asked the process to end.
    static func endProcess() {
        kill(getpid(), SIGTERM)
    }
}
