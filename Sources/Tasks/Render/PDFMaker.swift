#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif
import Store
import Subprocess

/// Turns HTML into PDF by WeasyPrint in a child process that sees none of the server's environment.
///
/// The child gets its page on standard input and answers on standard output. It may fetch nothing: a page can show only
/// what is in it (`data:` addresses). It is killed when it takes too long and when the task is cancelled.
struct PDFMaker: Sendable {
    private static let sizeLimit = 128 << 20
    private static let program = """
        import sys
        sys.path[:] = [folder for folder in sys.path if folder]
        import logging, urllib.request
        try:
            import resource
            resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        except Exception:
            pass
        def fetch(url, *rest, **options):
            if not url.startswith('data:'):
                raise ValueError('a page may use data: addresses only')
            answer = urllib.request.urlopen(url)
            return {'string': answer.read(), 'mime_type': answer.headers.get_content_type()}
        try:
            import weasyprint
        except Exception as error:
            sys.stderr.write(str(error))
            sys.exit(78)
        logging.getLogger('weasyprint').setLevel(logging.ERROR)
        page = sys.stdin.buffer.read().decode('utf-8')
        pdf = weasyprint.HTML(string=page, url_fetcher=fetch).write_pdf()
        sys.stdout.buffer.write(pdf)
        """

    /// A child that ends early must not end the server by a signal.
    private static let brokenPipesAreErrors: Void = {
        signal(SIGPIPE, SIG_IGN)
    }()

    let tool: PDFTool
    let path: String
    let home: String
    let clock: any WallClock
    let timeLimit: Duration

    /// Throws `TaskProblem`, or `CancellationError` once the child is gone.
    func pdf(html: String) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            group.addTask { try await run(html) }
            group.addTask {
                try await clock.sleep(for: timeLimit)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            guard let pdf = first else {
                try Task.checkCancellation()
                throw TaskProblem.rendererFailed(
                    "it took longer than \(timeLimit.components.seconds) seconds.", log: "")
            }
            return pdf
        }
    }

    private func run(_ html: String) async throws -> [UInt8] {
        Self.brokenPipesAreErrors
        let result: ExecutionResult<Void, BytesOutput, StringOutput<UTF8>>
        do {
            result = try await Subprocess.run(
                .name(tool.name), arguments: ["-c", Self.program],
                environment: .custom(["PATH": "\(tool.folder):\(path)", "HOME": home, "LANG": "C.UTF-8"]),
                input: .array(Array(html.utf8)), output: .bytes(limit: Self.sizeLimit), error: .string(limit: 1 << 20))
        } catch {
            try Task.checkCancellation()
            throw Self.problem(error)
        }
        // A killed child looks like a failed one.
        try Task.checkCancellation()
        guard result.terminationStatus.isSuccess else {
            if case .exited(78) = result.terminationStatus { throw TaskProblem.rendererMissing }
            throw TaskProblem.rendererFailed(
                "WeasyPrint ended with an error.",
                log: "\(result.terminationStatus) \(result.standardError.suffix(2000))")
        }
        guard result.standardOutput.starts(with: "%PDF".utf8) else {
            throw TaskProblem.rendererFailed("WeasyPrint wrote no PDF.", log: "")
        }
        return result.standardOutput
    }

    private static func problem(_ error: any Error) -> TaskProblem {
        switch (error as? SubprocessError)?.code {
        case .executableNotFound: .rendererMissing
        case .outputLimitExceeded: .rendererFailed("it is too large.", log: "\(error)")
        default: .rendererFailed("WeasyPrint could not be run.", log: "\(error)")
        }
    }
}
