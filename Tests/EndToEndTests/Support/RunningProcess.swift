import Foundation
import Synchronization

/// What a child process has written.
private final class Gathered: Sendable {
    let bytes = Mutex(Data())
}

/// A child process of a test: its output is gathered, its end can be awaited, and it never outlives the test run.
final class RunningProcess: Sendable {
    private let process: Mutex<Process>
    private let gathered = Gathered()
    let identifier: Int32

    init(_ executable: URL, _ arguments: [String], environment: [String: String] = [:]) throws {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": NSTemporaryDirectory(),
            "LD_LIBRARY_PATH": ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] ?? "",
        ].merging(environment) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        identifier = process.processIdentifier
        self.process = Mutex(process)
        pipe.fileHandleForReading.readabilityHandler = { [gathered] handle in
            let data = handle.availableData
            if data.isEmpty {
                handle.readabilityHandler = nil
            } else {
                gathered.bytes.withLock { $0.append(data) }
            }
        }
    }

    deinit { kill(SIGKILL) }

    /// Everything written to standard output and standard error so far.
    var output: String { gathered.bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    var isRunning: Bool { process.withLock { $0.isRunning } }

    func kill(_ signal: Int32) {
        process.withLock { process in
            if process.isRunning { Foundation.kill(process.processIdentifier, signal) }
        }
    }

    /// Waits for the end and returns the exit status.
    @discardableResult
    func ended(within limit: Duration = .seconds(60)) async throws -> Int32 {
        try await eventually("process \(identifier) ends", within: limit) { self.isRunning ? nil : true }
        return process.withLock { $0.terminationStatus }
    }
}

/// Asks again until there is an answer; outside processes have no clock that could be injected.
@discardableResult
func eventually<Answer>(
    _ what: String, within limit: Duration = .seconds(60), _ ask: () async throws -> Answer?
) async throws -> Answer {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if let answer = try await ask() { return answer }
        try await Task.sleep(for: .milliseconds(30))
    }
    throw NeverHappened(what: what)
}

struct NeverHappened: Error, CustomStringConvertible {
    let what: String
    var description: String { "this never happened: \(what)" }
}
