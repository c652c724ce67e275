import ArgumentParser
import Contracts
import Inventory
import Store

/// `footing provider show`: the one page of a provider.
struct ProviderShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one provider: state, limits, operations, drift.",
        discussion: """
            Example:
              footing provider show rents
            Next: footing logs --provider rents
            """)

    @Argument(help: "The provider's name.")
    var name: String

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let provider = try await options.client().get(
            "/v1/providers/\(PercentEncoding.encode(name))", subject: "provider \(name)")
        let terminal = Terminal.output
        options.json
            ? terminal.line(provider.pretty())
            : terminal.lines(Self.lines(provider, at: SystemClock().now(), on: terminal))
    }

    static func lines(_ provider: JSONValue, at now: Timestamp, on terminal: Terminal) -> [String] {
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        let state = provider.words("state") ?? ""
        let title = provider.words("title") ?? ""
        var lines = [
            "\(ProviderLs.shape(state).text(on: terminal)) "
                + terminal.sentence("\(title) \(state == "off" ? "is switched off" : "is \(state)").")
        ]
        lines += (provider.words("sentence") ?? "").wrapped(terminal.width - indent.count).map { indent + $0 }
        if let url = provider.words("url") { lines.append(indent + "At \(url)") }
        lines.append(indent + hour(provider))
        if let limits = provider["limits"]?.objectValue?.entries, !limits.isEmpty {
            let words = limits.map { "\($0.key) \($0.value.stringValue ?? $0.value.text)".printable }
            lines.append(indent + "Limits: \(words.joined(separator: ", "))")
        }
        if let auth = provider["auth"], let secret = auth.words("secret") {
            let isSet = auth["secret_set"]?.boolValue == true
            lines.append(
                indent + "Signs in by \(auth.words("kind") ?? "") with the secret \(secret)"
                    + (isSet ? "" : ", which is not set: footing secret set \(secret)"))
        }
        if let owner = provider["owner"], let person = owner.words("name") {
            lines.append(
                indent + "Owner: \([person, owner.words("contact")].compactMap { $0 }.joined(separator: ", "))")
        }
        let operations = provider.list("operations")
        if !operations.isEmpty { lines += [""] + table(operations).lines(on: terminal) }
        for drift in provider.list("drift").prefix(5) {
            let seen = "\(drift.words("operation") ?? "") at \(drift.words("pointer") ?? "")"
            let what = "\(drift.words("seen") ?? "") instead of \(drift.words("expected") ?? "")"
            let last = drift.moment("last").map { ", last \(Words.age(of: $0, at: now))" } ?? ""
            lines.append("Drift: \(seen): \(what), \(Words.count(drift.int("count") ?? 0, "time"))\(last)")
        }
        return lines
    }

    private static func hour(_ provider: JSONValue) -> String {
        let calls = Words.count(provider.int("calls_hour") ?? 0, "call")
        let failed = Words.number(provider.int("failed_hour") ?? 0)
        let slowest = provider.double("p95_ms").map { ", 95 in 100 under \(Words.duration($0))" } ?? ""
        return "\(calls) in the last hour, \(failed) failed\(slowest)"
    }

    private static func table(_ operations: [JSONValue]) -> Table {
        var table = Table("operation", "risk", "calls", "failed", "p95", "method and path")
        for operation in operations {
            table.add(
                operation.words("name") ?? "", operation.words("risk") ?? "",
                Words.number(operation.int("calls_hour") ?? 0), Words.number(operation.int("failed_hour") ?? 0),
                operation.double("p95_ms").map { Words.duration($0) } ?? "",
                "\(operation.words("method") ?? "") \(operation.words("path") ?? "")")
        }
        return table
    }
}
