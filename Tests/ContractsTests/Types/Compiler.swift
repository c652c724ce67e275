import Foundation

/// A compiler that generated code is shown to; nil where this machine has it not.
struct Compiler {
    let executable: URL
    let arguments: [String]
    let ending: String

    static let swift = find("swiftc").map {
        Compiler(
            executable: $0, arguments: ["-swift-version", "6", "-warnings-as-errors", "-typecheck"], ending: "swift")
    }

    static let typeScript = find("tsc").map {
        Compiler(
            executable: $0,
            arguments: [
                "--strict", "--noEmit", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes",
                "--noImplicitReturns", "--target", "es2020", "--lib", "es2020,dom",
            ], ending: "ts")
    }

    /// What the compiler has to say; empty when it accepts the text.
    func complaints(about text: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "footing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "footing.\(ending)")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments + [file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? "" : String(decoding: data, as: UTF8.self) + "(it did not compile)"
    }

    private static func find(_ name: String) -> URL? {
        let found = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(fileURLWithPath: String($0)).appending(path: name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        if found == nil {
            print("skipped: generated code is not compiled, because there is no \(name) on this machine")
        }
        return found
    }
}
