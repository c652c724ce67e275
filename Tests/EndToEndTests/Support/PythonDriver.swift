import Foundation

/// Runs one of the test drivers written in Python, under `Tests/`, against the program that was built.
enum PythonDriver {
    /// Whether there is a Python to run them with.
    static let isThere = find("python3") != nil

    /// The Python that has the vendors' SDKs, as `bin/test` installs them; nil where it has not.
    static let withSDKs: URL? = {
        let file = Playground.root.appending(path: ".build-test/venv/bin/python")
        return FileManager.default.isExecutableFile(atPath: file.path) ? file : nil
    }()

    /// What did not hold, a line each; notes of the driver go to the test's output.
    static func run(
        _ script: String, _ arguments: [String] = [], python: URL? = nil, within limit: Duration = .seconds(600)
    ) async throws -> [String] {
        guard let python = python ?? find("python3") else { throw NeverHappened(what: "python3 is installed") }
        let process = try RunningProcess(
            python,
            [
                Playground.root.appending(path: "Tests").appending(path: script).path, "--footing",
                Playground.products.appending(path: "footing").path,
            ] + arguments)
        try await eventually("\(script) ends: \(process.output)", within: limit) { process.isRunning ? nil : true }
        // The pipe may hold the last lines a moment longer than the process lives.
        let lines = try await eventually("\(script) says how it went: \(process.output)") { () -> [String]? in
            let lines = process.output.split(separator: "\n").map(String.init)
            return lines.last?.contains(/checks, .* hold$/) == true ? lines : nil
        }
        lines.filter { $0.hasPrefix("note:") }.forEach { print($0) }
        return lines.filter { $0.hasPrefix("BROKEN:") }
    }

    private static func find(_ name: String) -> URL? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(fileURLWithPath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }
}
