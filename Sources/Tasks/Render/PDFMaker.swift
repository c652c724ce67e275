import Store
import Subprocess

/// Turns HTML into PDF by WeasyPrint in a child process that sees none of the server's environment.
///
/// Page and PDF are handed over as files in a folder of their own, not through pipes: a child that ends before it has
/// read its input makes swift-subprocess 1.0.2 stop the whole process. The child may fetch nothing: a page can show only
/// what is in it (`data:` addresses). It is killed when it takes too long and when the task is cancelled.
struct PDFMaker: Sendable {
    private static let sizeLimit = 128 << 20
    private static let program = """
        import os, sys
        folder = sys.argv[1]
        os.dup2(os.open(folder + '/log', os.O_WRONLY | os.O_CREAT, 0o600), 2)
        sys.path[:] = [place for place in sys.path if place]
        import inspect, logging, urllib.request
        try:
            import resource
            resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))
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
        with open(folder + '/page.html', encoding='utf-8') as file:
            page = file.read()
        # Tagged, so that a screen reader can read it; the option was renamed in WeasyPrint 59.
        names = inspect.signature(weasyprint.HTML.write_pdf).parameters
        option = 'variant' if 'variant' in names else 'pdf_variant'
        document = weasyprint.HTML(string=page, url_fetcher=fetch)
        document.write_pdf(folder + '/page.pdf', **{option: 'pdf/ua-1'})
        """

    let tool: PDFTool
    let path: String
    let home: String
    let clock: any WallClock
    let timeLimit: Duration

    /// Throws `Problem`, or `CancellationError` once the child is gone.
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
                throw Problem.rendererFailed(
                    "it took longer than \(timeLimit.components.seconds) seconds.", log: "")
            }
            return pdf
        }
    }

    private func run(_ html: String) async throws -> [UInt8] {
        let folder = try ScratchFolder()
        defer { folder.remove() }
        try folder.write("page.html", Array(html.utf8))
        let status: TerminationStatus
        do {
            status = try await Subprocess.run(
                .name(tool.name), arguments: ["-c", Self.program, folder.path],
                environment: .custom(["PATH": "\(tool.folder):\(path)", "HOME": home, "LANG": "C.UTF-8"]),
                input: .none, output: .discarded, error: .discarded
            ).terminationStatus
        } catch {
            try Task.checkCancellation()
            throw Self.problem(error)
        }
        // A killed child looks like a failed one.
        try Task.checkCancellation()
        guard status.isSuccess else {
            if case .exited(78) = status { throw Problem.rendererMissing }
            let log = String(decoding: folder.read("log", limit: 1 << 20) ?? [], as: UTF8.self)
            throw Problem.rendererFailed("WeasyPrint ended with an error.", log: "\(status) \(log.suffix(2000))")
        }
        guard let pdf = folder.read("page.pdf", limit: Self.sizeLimit + 1), pdf.starts(with: "%PDF".utf8) else {
            throw Problem.rendererFailed("WeasyPrint wrote no PDF.", log: "")
        }
        guard pdf.count <= Self.sizeLimit else { throw Problem.rendererFailed("it is too large.", log: "") }
        return pdf
    }

    private static func problem(_ error: any Error) -> Problem {
        switch (error as? SubprocessError)?.code {
        case .executableNotFound: .rendererMissing
        default: .rendererFailed("WeasyPrint could not be run.", log: "\(error)")
        }
    }
}
