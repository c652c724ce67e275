import Contracts
import Store
import TestSupport
import Testing

@testable import Tasks

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct RendererTests {
    private static let isInstalled = Renderer(folder: "/", clock: SystemClock()).availability() == nil

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("page.html", "<h1>{{title}}</h1>")
    }

    /// A renderer whose WeasyPrint is the given shell script.
    private func renderer(standIn script: String, clock: any WallClock) throws -> Renderer {
        try folder.write("weasyprint", "#!\(folder.file("python3"))\n")
        try folder.write("python3", "#!/bin/sh\n\(script)\n")
        try folder.setPermissions("weasyprint", 0o755)
        try folder.setPermissions("python3", 0o755)
        return Renderer(
            folder: folder.path, path: "\(folder.path):/usr/bin:/bin", home: "/nowhere", clock: clock)
    }

    private func problem(_ body: () async throws -> Void) async -> Problem? {
        do {
            try await body()
            return nil
        } catch {
            return error as? Problem
        }
    }

    @Test("A real PDF is made", .enabled(if: isInstalled))
    func pdf() async throws {
        try folder.write(
            "report.html",
            """
            <style>body { font-family: sans-serif }</style><h1>{{title}}</h1>
            <svg width="100" height="20"><rect width="{{width}}" height="20" fill="#333"/></svg>
            """)
        let renderer = Renderer(folder: folder.path, clock: SystemClock())
        let bytes = try await renderer.render(
            template: "report.html", data: ["title": "Straße & <b>", "width": 70], file: "report.pdf")
        #expect(bytes.starts(with: "%PDF-".utf8))
        #expect(bytes.count > 1000)
    }

    @Test("A page can fetch nothing: no files of the server, no addresses", .enabled(if: isInstalled))
    func fetchesNothing() async throws {
        try folder.write("secret.txt", "the secret")
        try folder.write(
            "report.html",
            """
            <link rel="attachment" href="file://\(folder.file("secret.txt"))">
            <link rel="attachment" href="data:text/plain,seen">
            <link rel="stylesheet" href="http://127.0.0.1:9/style.css"><img src="\(folder.file("secret.txt"))"><p>Text</p>
            """)
        let renderer = Renderer(folder: folder.path, clock: SystemClock())
        let bytes = try await renderer.render(template: "report.html", data: [:], file: "report.pdf")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.components(of: "/EmbeddedFile ") + text.components(of: "/EmbeddedFile\n") == 1)
    }

    @Test("A missing WeasyPrint is a finding, and a clear problem of the task")
    func missing() async throws {
        let renderer = Renderer(folder: folder.path, path: folder.path, clock: ManualClock())
        #expect(renderer.availability()?.contains("apt-get install weasyprint") == true)
        let problem = await problem {
            _ = try await renderer.render(template: "page.html", data: ["title": "x"], file: "a.pdf")
        }
        #expect(problem?.code == "renderer_missing")
        #expect(
            try await renderer.render(template: "page.html", data: ["title": "x"], file: "a.html")
                == Array("<h1>x</h1>".utf8))
    }

    @Test("A WeasyPrint that is no Python script is named")
    func unusable() throws {
        try folder.write("weasyprint", "\u{7F}ELF")
        try folder.setPermissions("weasyprint", 0o755)
        let renderer = Renderer(folder: folder.path, path: folder.path, clock: ManualClock())
        #expect(renderer.availability()?.contains(folder.file("weasyprint")) == true)
    }

    @Test("The child sees PATH, HOME and LANG of its own, and nothing of the server's environment")
    func environment() async throws {
        let out = folder.file("environment.txt")
        let renderer = try renderer(standIn: "env > \(out); printf %%PDF- > $3/page.pdf", clock: ManualClock())
        let bytes = try await renderer.render(template: "page.html", data: [:], file: "a.pdf")
        #expect(bytes == Array("%PDF-".utf8))
        let names = String(decoding: try folder.read("environment.txt"), as: UTF8.self)
            .split(separator: "\n").map { $0.prefix { $0 != "=" } }
        // The shell that stands in adds the last three by itself.
        #expect(Set(names).subtracting(["PWD", "SHLVL", "_"]) == ["PATH", "HOME", "LANG"])
    }

    @Test(
        "A child that ends with an error, writes no PDF or ends early is a clear problem",
        arguments: [
            "echo broken > $3/log; exit 1", "echo no pdf > $3/page.pdf", "exit 0", "exit 3", "kill -9 $$", "exit 78",
        ])
    func failures(script: String) async throws {
        let renderer = try renderer(standIn: script, clock: ManualClock())
        let problem = await problem { _ = try await renderer.render(template: "page.html", data: [:], file: "a.pdf") }
        #expect(problem?.code == (script == "exit 78" ? "renderer_missing" : "renderer_failed"))
        #expect(problem?.detail.contains("broken") == false)
    }

    @Test("A child that takes too long, or whose task is cancelled, is killed", arguments: [true, false])
    func killed(byTime: Bool) async throws {
        let clock = ManualClock()
        let pidFile = folder.file("pid")
        let renderer = try renderer(
            standIn: "echo $$ > \(pidFile).new; mv \(pidFile).new \(pidFile); exec sleep 600", clock: clock)
        let work = Task { try await renderer.render(template: "page.html", data: [:], file: "a.pdf") }
        while access(pidFile, F_OK) != 0 { await Task.yield() }
        await clock.waitForSleepers()
        let pid = try #require(
            Int32(String(decoding: try folder.read("pid"), as: UTF8.self).split(separator: "\n").first ?? ""))
        if byTime { clock.advance(by: .seconds(61)) } else { work.cancel() }
        let result = await work.result
        #expect(kill(pid, 0) != 0, "the child is gone")
        switch result {
        case .failure(let error as Problem): #expect(byTime && error.code == "renderer_failed")
        case .failure(let error): #expect(!byTime && error is CancellationError)
        case .success: Issue.record("it ended")
        }
    }

    @Test(
        "Templates outside the footing folder are not read", arguments: ["../x", "/etc/hostname", "a/../../b", ".", ""])
    func outside(template: String) async {
        let renderer = Renderer(folder: folder.path, clock: ManualClock())
        let problem = await problem { _ = try await renderer.render(template: template, data: [:], file: "a.txt") }
        #expect(problem?.code == "template_broken")
    }

    @Test("Only so many PDFs are made at the same time, and one that waits can be cancelled")
    func turnstile() async throws {
        let turnstile = Turnstile(places: 1)
        let gate = Gate()
        async let first: Void = turnstile.through { try await gate.pass() }
        await gate.arrivals()
        let second = Task { try await turnstile.through { try await gate.pass() } }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        async let third: Int = turnstile.through { 3 }
        gate.open()
        try await first
        #expect(try await third == 3)
    }
}

extension String {
    /// How often `part` occurs.
    fileprivate func components(of part: String) -> Int {
        ranges(of: part).count
    }
}
