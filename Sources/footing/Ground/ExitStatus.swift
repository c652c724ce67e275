#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ends the process; a free function, because commands have an `exit` of their own.
func leave(_ status: Int32) -> Never {
    exit(status)
}

/// What a command's exit code says to a script.
enum ExitStatus: Int32, Sendable {
    /// What was asked for was done.
    case done = 0
    /// The thing asked for failed: a call, a task, a gate.
    case failed = 1
    /// The command was not understood.
    case usage = 2
    /// The project's files have errors.
    case findings = 3
    /// No server answers.
    case unreachable = 4
    /// The token is missing, unknown, or lacks the scope.
    case notAllowed = 5
    /// There is no such task, file, call, secret, token or project.
    case notFound = 6

    /// Ends the program.
    static func end(_ code: Int32) -> Never {
        exit(code)
    }
}
