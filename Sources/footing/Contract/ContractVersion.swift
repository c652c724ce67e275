import Contracts
import Imports
import Subprocess

/// A version of a contract: a file, or one of a Git revision.
enum ContractVersion {
    private static let limit = 64 << 20

    /// Throws `Failure`.
    static func read(_ name: String) async throws -> JSONValue {
        let bytes = try await bytes(name)
        do {
            return try SourceDocument.read(bytes, file: name).value
        } catch {
            throw Failure(.failed, "\(name) cannot be read", evidence: ["\(error)."])
        }
    }

    private static func bytes(_ name: String) async throws -> [UInt8] {
        guard !Files.exists(name), let colon = name.firstIndex(of: ":"), colon > name.startIndex else {
            return try Files.read(name, limit: limit)
        }
        // A path from here, as everywhere else on the command line; Git wants to be told so.
        let path = name[name.index(after: colon)...]
        let object = "\(name[..<colon]):\(path.hasPrefix("/") || path.hasPrefix("./") ? "" : "./")\(path)"
        do {
            let outcome = try await run(
                .name("git"), arguments: ["show", "--end-of-options", object], output: .bytes(limit: limit),
                error: .string(limit: 4096))
            guard outcome.terminationStatus.isSuccess else {
                throw Failure(
                    .notFound, "\(name) is neither a file nor in a Git revision",
                    evidence: [outcome.standardError].filter { !$0.isEmpty })
            }
            return outcome.standardOutput
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.failed, "\(name) cannot be read from Git", evidence: ["\(error)"])
        }
    }
}
