import Contracts
import Foundation
import Testing

/// The state as a whole, with the real program: backed up while it serves, restored, and killed in the middle of both.
@Suite("State, end to end", .serialized)
struct StateTests {
    private func output(_ playground: Playground, _ arguments: [String]) async throws -> String {
        let result = try await playground.footing(arguments)
        guard result.status == 0 else { throw NeverHappened(what: "\(arguments): \(result.output)") }
        return result.output
    }

    @Test("a backup made beside the running server is whole; the server goes on with it after a restore")
    func beside() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        let backup = playground.folder.appending(path: "backup").path
        let server = try await playground.startServer()
        let busy = Task {
            // Tokens are writes like any other; waited for below.
            while !Task.isCancelled { _ = try? await playground.token(["task:*"]) }
        }
        let made = try await output(playground, ["store", "backup", backup])
        busy.cancel()
        await busy.value
        #expect(made.contains("made beside the running server") && made.contains("master key is not in it"))
        #expect(try await output(playground, ["store", "check"]).contains("The state is whole."))
        for verb in [["store", "restore", backup, "--replace"], ["store", "vacuum"]] {
            let refused = try await playground.footing(verb)
            #expect(refused.status == 1 && refused.output.contains("A server is running on this state at http"))
        }
        server.kill(SIGTERM)
        try await server.ended()
        let restored = try await output(playground, ["store", "restore", backup, "--replace"])
        #expect(restored.contains("is restored") && restored.contains(".footing.before-"))
        #expect(try await output(playground, ["store", "vacuum"]).contains("file"))
        #expect(try await output(playground, ["store", "check"]).contains("The state is whole."))
        let again = try await playground.startServer()
        again.kill(SIGTERM)
        #expect(try await again.ended() == 0)
    }

    @Test("killed at any moment, a backup is not there or whole, and a restore has changed everything or nothing")
    func killed() async throws {
        let playground = try Playground()
        try await playground.setSecrets()
        for number in 0..<40 {
            let task = playground.stateFolder.appending(path: "workspaces/tk_\(number)")
            try FileManager.default.createDirectory(at: task, withIntermediateDirectories: true)
            try Data(repeating: UInt8(number), count: 300_000).write(to: task.appending(path: "a.bin"))
        }
        _ = try await playground.token(["task:*"])
        let good = playground.folder.appending(path: "good").path
        _ = try await output(playground, ["store", "backup", good])
        let token = try await playground.token(["task:*"])
        let program = Playground.products.appending(path: "footing")
        for round in 0..<16 {
            let target = playground.folder.appending(path: "backup-\(round)").path
            let backup = try RunningProcess(
                program, ["store", "backup", target, "--project", playground.folder.path])
            try await Task.sleep(for: .milliseconds(15 + round * 12))
            backup.kill(SIGKILL)
            try await backup.ended()
            if FileManager.default.fileExists(atPath: target) {
                #expect(FileManager.default.fileExists(atPath: target + "/manifest.json"))
                #expect(try FileManager.default.contentsOfDirectory(atPath: target + "/workspaces").count == 40)
            }
            let restore = try RunningProcess(
                program, ["store", "restore", good, "--replace", "--project", playground.folder.path])
            try await Task.sleep(for: .milliseconds(15 + round * 12))
            restore.kill(SIGKILL)
            try await restore.ended()
            #expect(try await output(playground, ["store", "check"]).contains("The state is whole."))
        }
        // Every state that was replaced lies beside, whole; the token is in the first of them, or still here.
        #expect(!token.isEmpty)
        _ = try await output(playground, ["store", "restore", good, "--replace"])
        let names = try FileManager.default.contentsOfDirectory(atPath: playground.folder.path)
        #expect(names.filter { $0.contains(".restoring-") }.isEmpty)
    }
}
