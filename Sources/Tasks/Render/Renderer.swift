package import Contracts
package import Inventory
package import Store

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Fills Mustache templates and makes PDF files of the ones that are to become some.
///
/// Values that a template puts in are always escaped; see `TemplateCheck` for what templates may not do.
package struct Renderer: Sendable {
    /// What `footing check` says when WeasyPrint is missing.
    package static let installHint =
        "Install it with `apt-get install weasyprint` (Debian), `brew install weasyprint` (macOS) or "
        + "`pip install weasyprint`."
    private static let templateLimit = 4 << 20

    private let folder: String
    private let path: String
    private let home: String
    private let clock: any WallClock
    private let timeLimit: Duration
    /// WeasyPrint takes a whole core and some hundred megabytes.
    private let pdfLine: Turnstile

    /// `folder` is the absolute path of the project's `footing/` folder; `path` the folders to look for WeasyPrint in.
    package init(
        folder: String, path: String = Renderer.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
        home: String = Renderer.environment("HOME") ?? "/", clock: any WallClock,
        timeLimit: Duration = .seconds(60), pdfsAtOnce: Int = 2
    ) {
        self.folder = folder
        self.path = path
        self.home = home
        self.clock = clock
        self.timeLimit = timeLimit
        pdfLine = Turnstile(places: pdfsAtOnce)
    }

    /// Why PDF files cannot be made here, in words for an operator; nil if they can.
    package func availability() -> String? {
        switch PDFTool.find(path: path) {
        case .found: nil
        case .missing: "weasyprint was not found on PATH, so PDF files cannot be made. \(Self.installHint)"
        case .unusable(let command):
            "\(command) is not a Python script, so Footing cannot use it to make PDF files. \(Self.installHint)"
        }
    }

    /// Everything that is wrong with a template of the project; `file` and `line` say where it is named.
    package func check(template: String, file: String, line: Int) -> [Finding] {
        do {
            _ = try Template(try text(of: template))
            return []
        } catch let faults as TemplateFaults {
            return faults.faults.map {
                Finding(severity: .error, file: "footing/\(template)", line: $0.line, message: $0.message)
            }
        } catch {
            return [Finding(severity: .error, file: file, line: line, message: "\(error)")]
        }
    }

    /// Fills the template; the file's ending decides what becomes of it: `.pdf` goes through WeasyPrint, `.txt`, `.md`
    /// and `.csv` are plain text without escaping, anything else is written as it is. Throws `Problem`.
    package func render(template: String, data: JSONValue, file: String) async throws -> [UInt8] {
        let filled: String
        let ending = MediaType.ending(file)
        do {
            filled = try Template(try text(of: template)).render(data, escaped: !["txt", "md", "csv"].contains(ending))
        } catch let faults as TemplateFaults {
            let first = faults.faults.first
            throw Problem.templateBroken(
                template, "line \(first?.line ?? 1): \(first?.message ?? "it is no template").")
        }
        guard ending == "pdf" else { return Array(filled.utf8) }
        guard case .found(let tool) = PDFTool.find(path: path) else { throw Problem.rendererMissing }
        let maker = PDFMaker(tool: tool, path: path, home: home, clock: clock, timeLimit: timeLimit)
        return try await pdfLine.through { try await maker.pdf(html: filled) }
    }

    /// A variable of this process's environment.
    package static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    private func text(of template: String) throws(Problem) -> String {
        let parts = template.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
            throw Problem.templateBroken(template, "its path must lie inside the footing folder.")
        }
        guard let file = FileDescriptor(open("\(folder)/\(template)", O_RDONLY | O_NONBLOCK | O_CLOEXEC)) else {
            throw Problem.templateBroken(template, "the file cannot be read.")
        }
        var status = stat()
        guard fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= Self.templateLimit
        else { throw Problem.templateBroken(template, "it is not a file of at most 4 MB.") }
        let bytes = file.readAll(limit: Self.templateLimit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem.templateBroken(template, "it is not UTF-8 text.")
        }
        return text
    }
}
