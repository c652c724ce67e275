#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// WeasyPrint as it is installed on this machine: the Python interpreter that has it.
///
/// WeasyPrint's own command fetches whatever a page names, files of the server included, and offers no way to forbid
/// it. So Footing drives the library itself, through the interpreter that the command names in its first line.
struct PDFTool: Sendable, Equatable {
    /// Where the interpreter lies.
    let folder: String
    /// The interpreter's name.
    let name: String

    enum Search: Sendable, Equatable {
        case found(PDFTool)
        case missing
        /// There is a command of that name that is no Python script.
        case unusable(path: String)
    }

    /// `path` is a list of folders as in the environment variable PATH.
    static func find(path: String) -> Search {
        for folder in folders(path) {
            let command = "\(folder)/weasyprint"
            guard access(command, X_OK) == 0 else { continue }
            guard let interpreter = interpreter(of: command, path: path) else { return .unusable(path: command) }
            return .found(interpreter)
        }
        return .missing
    }

    private static func folders(_ path: String) -> [Substring] {
        path.split(separator: ":").filter { $0.hasPrefix("/") }
    }

    private static func interpreter(of command: String, path: String) -> PDFTool? {
        let lines = head(of: command).split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        guard let first = lines.first, first.hasPrefix("#!") else { return nil }
        let words = first.dropFirst(2).split(separator: " ")
        guard let program = words.first else { return nil }
        if program.hasSuffix("/env") {
            return words.last.flatMap { onPath(String($0), path) }
        }
        if program.hasSuffix("/sh"), lines.count > 1, lines[1].hasPrefix("'''exec'") {
            // How pip writes an interpreter whose path is too long for a first line.
            let quoted = lines[1].split(separator: "\"")
            return quoted.count > 1 ? absolute(quoted[1]) : nil
        }
        return absolute(program)
    }

    private static func onPath(_ name: String, _ path: String) -> PDFTool? {
        guard name.hasPrefix("python") else { return nil }
        let folder = folders(path).first { access("\($0)/\(name)", X_OK) == 0 }
        return folder.map { PDFTool(folder: String($0), name: name) }
    }

    private static func absolute(_ program: Substring) -> PDFTool? {
        guard program.hasPrefix("/"), let slash = program.lastIndex(of: "/") else { return nil }
        let name = program[program.index(after: slash)...]
        guard name.hasPrefix("python"), access(String(program), X_OK) == 0 else { return nil }
        return PDFTool(folder: String(program[..<slash]), name: String(name))
    }

    private static func head(of file: String) -> String {
        guard let file = FileDescriptor(open(file, O_RDONLY | O_CLOEXEC)) else { return "" }
        return String(decoding: file.readAll(limit: 2048), as: UTF8.self)
    }
}
