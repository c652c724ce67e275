#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asks the person at the terminal.
enum Prompt {
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 }

    /// One line that is not shown while it is typed; nil at the end of input.
    static func hidden(_ question: String) -> String? {
        Terminal.errors.write(question)
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return readLine() }
        let before = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        defer {
            var before = before
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            Terminal.errors.line()
        }
        return readLine()
    }

    /// Yes only for `y` or `yes`.
    static func confirm(_ question: String) -> Bool {
        Terminal.errors.write("\(question) [y/N] ")
        let answer = readLine()?.lowercased().filter { !$0.isWhitespace }
        return answer == "y" || answer == "yes"
    }
}
