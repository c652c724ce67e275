import Foundation

/// The example project, copied into a temporary folder and put on free ports, with real vendors and a real server.
final class Playground: Sendable {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    /// Where the build has put the executables: beside the running test bundle.
    static let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

    let folder: URL
    let port: Int
    let vendorPorts: [Int]
    /// Fresh for each playground; no test output may ever hold one of them.
    let secrets: [String: String]

    init(state: URL? = nil) throws {
        let files = FileManager.default
        folder = files.temporaryDirectory.appending(path: "footing-\(UUID().uuidString)")
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        let example = Self.root.appending(path: "examples/rent-vs-commute")
        for part in ["footing", "app"] {
            try files.copyItem(at: example.appending(path: part), to: folder.appending(path: part))
        }
        if let state { try files.createSymbolicLink(at: folder.appending(path: ".footing"), withDestinationURL: state) }
        let ports = try Ports.free(4)
        port = ports[0]
        vendorPorts = Array(ports[1...])
        for (index, provider) in ["geocoder", "transit", "rents"].enumerated() {
            let file = folder.appending(path: "footing/providers/\(provider).yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try text.replacing("127.0.0.1:879\(index + 1)", with: "127.0.0.1:\(vendorPorts[index])")
                .write(to: file, atomically: true, encoding: .utf8)
        }
        secrets = Dictionary(
            uniqueKeysWithValues: ["geocoder", "transit", "rents"].map {
                ("\($0)-key", "\($0.prefix(2))-\(UUID().uuidString.lowercased())")
            })
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var address: URL { URL(string: "http://127.0.0.1:\(port)") ?? folder }
    var stateFolder: URL { folder.appending(path: ".footing") }

    /// Starts the three vendors; `speed` shortens their slow answers.
    func startVendors(speed: Double = 20, _ arguments: [String] = []) async throws -> RunningProcess {
        let vendors = try RunningProcess(
            Self.products.appending(path: "sandbox-vendors"),
            [
                "--geocoder-port", "\(vendorPorts[0])", "--transit-port", "\(vendorPorts[1])", "--rents-port",
                "\(vendorPorts[2])",
                "--speed", "\(speed)", "--data",
                Self.root.appending(path: "examples/rent-vs-commute/vendors/data").path,
            ] + arguments,
            environment: [
                "GEOCODER_KEY": secrets["geocoder-key"] ?? "", "TRANSIT_KEY": secrets["transit-key"] ?? "",
                "RENTS_KEY": secrets["rents-key"] ?? "",
            ])
        for vendorPort in vendorPorts {
            let web = Web(port: vendorPort)
            try await eventually("vendors answer: \(vendors.output)") { try? await web.get("/_control/stats") }
        }
        return vendors
    }

    /// Runs a command of the real binary to its end; returns its output.
    ///
    /// - Parameter knowsServer: whether the command is told where the server is.
    @discardableResult
    func footing(
        _ arguments: [String], input: String? = nil, knowsServer: Bool = true
    ) async throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = Self.products.appending(path: "footing")
        process.arguments = arguments + ["--project", folder.path]
        var environment = ProcessInfo.processInfo.environment
        environment["FOOTING_URL"] = knowsServer ? address.absoluteString : nil
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        let feed = Pipe()
        process.standardInput = feed
        try process.run()
        try feed.fileHandleForWriting.write(contentsOf: Data((input ?? "").utf8))
        try feed.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    func setSecrets() async throws {
        for (name, value) in secrets {
            let result = try await footing(["secret", "set", name], input: value)
            guard result.status == 0 else { throw NeverHappened(what: "secret set: \(result.output)") }
        }
    }

    /// Starts the server and waits until it is ready.
    func startServer() async throws -> RunningProcess {
        let server = try RunningProcess(
            Self.products.appending(path: "footing"),
            ["serve", "--project", folder.path, "--listen", "127.0.0.1:\(port)"])
        let web = Web(port: port)
        try await eventually("the server is ready: \(server.output)") {
            guard server.isRunning else { throw NeverHappened(what: "the server starts: \(server.output)") }
            return try? await web.get("/readyz")
        }
        return server
    }

    /// A token with these scopes, made by the command line.
    func token(_ scopes: [String]) async throws -> String {
        let result = try await footing(
            ["token", "new", "--name", "test", "--json"] + scopes.flatMap { ["--scope", $0] })
        guard let text = result.output.firstMatch(of: /ft_[A-Za-z0-9_-]{20,}/)?.output else {
            throw NeverHappened(what: "a token: \(result.output)")
        }
        return String(text)
    }
}
