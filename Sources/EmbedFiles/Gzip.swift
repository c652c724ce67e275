import Foundation

/// Compression by the machine's own `gzip`.
enum Gzip {
    private static let tool = URL(fileURLWithPath: "/usr/bin/gzip")

    /// The data as a gzip stream without name and time, so that equal input gives equal output; nil where there is no
    /// `gzip`, or where the stream would not be smaller.
    static func compressed(_ data: Data) -> Data? {
        let process = Process()
        let input = Pipe()
        let output = Pipe()
        process.executableURL = tool
        process.arguments = ["-9", "-n", "-c"]
        process.standardInput = input
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        try? input.fileHandleForWriting.write(contentsOf: data)
        try? input.fileHandleForWriting.close()
        let result = try? output.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let result, result.count < data.count else { return nil }
        return result
    }
}
