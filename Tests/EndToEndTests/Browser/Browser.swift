import Contracts
import Foundation

/// A real headless Chromium, driven over the Chrome DevTools Protocol.
final class Browser: Sendable {
    /// Path of Chromium, nil where none is installed.
    static let executable: URL? = [
        "/usr/bin/chromium", "/usr/bin/google-chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ]
    .first { FileManager.default.isExecutableFile(atPath: $0) }.map { URL(fileURLWithPath: $0) }

    private let process: RunningProcess
    private let profile: URL
    private let connection: DevToolsConnection

    init() async throws {
        guard let executable = Self.executable else { throw NeverHappened(what: "chromium is installed") }
        profile = FileManager.default.temporaryDirectory.appending(path: "chromium-\(UUID().uuidString)")
        process = try RunningProcess(
            executable,
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--remote-debugging-port=0",
                "--user-data-dir=\(profile.path)", "--no-first-run", "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync", "--disable-default-apps", "--window-size=1440,900", "about:blank",
            ])
        let portFile = profile.appending(path: "DevToolsActivePort")
        let lines = try await eventually("chromium listens") { () -> [Substring]? in
            let lines = (try? String(contentsOf: portFile, encoding: .utf8))?.split(separator: "\n") ?? []
            return lines.count >= 2 ? lines : nil
        }
        guard let port = UInt16(lines[0]) else { throw NeverHappened(what: "chromium names its port") }
        connection = try DevToolsConnection(port: port, path: String(lines[1]))
    }

    deinit {
        process.kill(SIGKILL)
        try? FileManager.default.removeItem(at: profile)
    }

    /// Opens a fresh tab of the given size.
    func open(_ address: String, width: Int = 1440, height: Int = 900, dark: Bool = false) async throws -> Page {
        let target = try await connection.call("Target.createTarget", ["url": "about:blank"])
        let session = try await connection.call(
            "Target.attachToTarget", ["targetId": target["targetId"] ?? .null, "flatten": true])
        let page = Page(connection: connection, session: session["sessionId"]?.stringValue ?? "")
        try await page.prepare(width: width, height: height, dark: dark)
        try await page.go(to: address)
        return page
    }
}
