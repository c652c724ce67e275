#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One of the two streams a command writes to, and what may be shown on it.
///
/// Colour only on a terminal and never with `NO_COLOR` (no-color.org); shapes beyond ASCII only where the locale is UTF-8.
struct Terminal: Sendable {
    /// Standard output: what was asked for.
    static let output = Terminal(descriptor: STDOUT_FILENO, variable: Environment.variable)
    /// Standard error: failures, and words about what is going on.
    static let errors = Terminal(descriptor: STDERR_FILENO, variable: Environment.variable)

    let isTerminal: Bool
    let hasColour: Bool
    let isUTF8: Bool
    private let descriptor: Int32

    init(descriptor: Int32, variable: (String) -> String?) {
        self.init(descriptor: descriptor, isTerminal: isatty(descriptor) == 1, variable: variable)
    }

    init(descriptor: Int32, isTerminal: Bool, variable: (String) -> String?) {
        self.descriptor = descriptor
        self.isTerminal = isTerminal && variable("TERM") != "dumb"
        hasColour = self.isTerminal && (variable("NO_COLOR") ?? "").isEmpty
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty } ?? ""
        isUTF8 = locale.lowercased().filter { $0 != "-" }.contains("utf8")
    }

    /// Columns that lines may use: 80, or fewer on a narrower terminal.
    var width: Int { min(80, max(40, size.columns)) }

    /// Rows that a redrawn block may use.
    var height: Int { max(8, size.rows) }

    private var size: (columns: Int, rows: Int) {
        var window = winsize()
        guard isTerminal, ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return (80, 24) }
        return (Int(window.ws_col), Int(window.ws_row))
    }

    func line(_ text: String = "") {
        write(text + "\n")
    }

    func lines(_ texts: [String]) {
        write(texts.map { $0 + "\n" }.joined())
    }

    /// Writes everything; a reader that has gone away (`| head`) ends the program quietly.
    func write(_ text: String) {
        write(bytes: Array(text.utf8))
    }

    func write(bytes: [UInt8]) {
        var start = 0
        while start < bytes.count {
            #if canImport(Glibc)
                let written = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            #else
                let written = bytes[start...].withUnsafeBytes { Darwin.write(descriptor, $0.baseAddress, $0.count) }
            #endif
            if written > 0 {
                start += written
            } else if written < 0, errno == EINTR || errno == EAGAIN {
                continue
            } else {
                exit(written < 0 && errno == EPIPE ? ExitStatus.done.rawValue : ExitStatus.failed.rawValue)
            }
        }
    }
}
