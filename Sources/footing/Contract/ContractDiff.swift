import ArgumentParser
import Contracts

/// `footing contract diff`: what two versions of a contract mean for those who rely on the first.
struct ContractDiff: AsyncParsableCommand {
    enum Gate: String, ExpressibleByArgument, CaseIterable {
        case breaking, risky
    }

    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two versions of an OpenAPI document or a JSON Schema.",
        discussion: """
            breaking: someone who kept to the old version is broken. risky: may be, or it could not be shown that not. safe: \
            nobody is. Requests and answers are judged apart. A version is a file, or REVISION:PATH of the Git repository here.

            Examples:
              footing contract diff old/openapi.yaml new/openapi.yaml
              footing contract diff HEAD:footing/contracts/rent.json footing/contracts/rent.json --as answer
              footing contract diff v1.json v2.json --fail-on breaking --json
            """)

    @Argument(help: "The version that others rely on.")
    var old: String

    @Argument(help: "The version that takes its place.")
    var new: String

    @Option(name: .customLong("as"), help: "A schema describes requests or answers. (default: both)")
    var side: String?

    @Option(help: "End with exit code 1 when there is such a change or a worse one: breaking or risky.")
    var failOn: Gate?

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    func validate() throws {
        guard side.map({ ContractChange.Side(rawValue: $0) != nil }) ?? true else {
            throw ValidationError("--as takes request or answer.")
        }
    }

    func run() async throws {
        let (before, after) = (try await ContractVersion.read(old), try await ContractVersion.read(new))
        let changes = try Self.changes(before, after, side.flatMap { ContractChange.Side(rawValue: $0) })
        let terminal = Terminal.output
        json
            ? terminal.line(Self.json(changes).pretty())
            : terminal.lines(ChangeList.lines(changes, on: terminal))
        let bar: ContractChange.Severity? = failOn.map { $0 == .breaking ? .breaking : .risky }
        if let bar, changes.contains(where: { $0.severity >= bar }) { throw Failure.said(.failed) }
    }

    static func changes(
        _ old: JSONValue, _ new: JSONValue, _ side: ContractChange.Side?
    ) throws -> [ContractChange] {
        let areDocuments = (OpenAPIComparison.isDocument(old), OpenAPIComparison.isDocument(new))
        guard areDocuments.0 == areDocuments.1 else {
            throw Failure(
                .failed, "One of them is an OpenAPI 3 document and the other is not",
                advice: "compare two documents or two schemas")
        }
        if areDocuments.0 {
            var comparison = OpenAPIComparison(old: old, new: new)
            return comparison.run().filter { side == nil || $0.side == side }
        }
        do {
            let comparison = SchemaComparison(old: try Schema.compile(old), new: try Schema.compile(new))
            let sides = side.map { [$0] } ?? ContractChange.Side.allCases
            return sides.flatMap { comparison.changes(for: $0) }.sorted { $0.severity > $1.severity }
        } catch {
            throw Failure(.failed, "A schema does not compile", evidence: ["\(error)."])
        }
    }

    static func json(_ changes: [ContractChange]) -> JSONValue {
        [
            "breaking": JSONValue(changes.count { $0.severity == .breaking }),
            "risky": JSONValue(changes.count { $0.severity == .risky }),
            "safe": JSONValue(changes.count { $0.severity == .safe }), "changes": .array(changes.map(\.json)),
        ]
    }
}
