import ArgumentParser
import Contracts
import Gateway
import Inventory
import Store

/// `footing contract record`: keeps examples of real calls for the contract tests.
struct ContractRecord: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Record examples of the calls that pass.",
        discussion: """
            For a while, the running server keeps one example of each shape of a call that went well: input and answer, \
            without headers and secrets, members that the contract marks with x-personal masked. They are written to \
            footing/contracts/recorded/PROVIDER.OPERATION/, where footing contract test finds them. Look at them before you \
            check them in.

            Recording is off in production, ends by itself, and the console shows that it is on. Use the app meanwhile.

            Examples:
              footing contract record --for 10m
              footing contract record --provider rents
              footing contract record --stop
            Next: footing contract test
            """)

    @Option(help: ArgumentHelp("Only calls of this provider.", valueName: "name"))
    var provider: String?

    @Option(name: .customLong("for"), help: ArgumentHelp("How long, at most 1h. (default: 10m)", valueName: "time"))
    var length: TimeSpan?

    @Flag(help: "End a recording that is under way.")
    var stop = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        if let length, length.duration > Recorder.longest || length.duration < .seconds(1) {
            throw ValidationError("--for takes a time from 1s to 1h.")
        }
    }

    func run() async throws {
        let client = try options.client()
        if stop {
            _ = try await client.delete("/v1/recording", subject: "recording")
            return Terminal.output.line("\(Shape.ok.text(on: .output)) Nothing is recorded any more.")
        }
        let folder = try RecordedFolder(options.project.folder())
        let seconds = Int((length?.duration ?? .seconds(600)).components.seconds)
        var body: JSONObject = ["seconds": JSONValue(seconds)]
        if let provider { body["provider"] = .string(provider) }
        _ = try await client.post("/v1/recording", .object(body), subject: "recording")
        if !options.json {
            Terminal.errors.line(
                "Recording for \(Words.wait(Double(seconds) * 1000)). Use the app; Ctrl-C ends the waiting.")
        }
        try await tell(follow(client, folder))
    }

    /// Writes what is recorded as it comes, so that nothing is lost when the command is ended.
    private func follow(_ client: FootingClient, _ folder: RecordedFolder) async throws -> [String: Int] {
        let clock = SystemClock()
        var written: [String: Int] = [:]
        var after = 0
        while true {
            let status = try await client.get("/v1/recording", [("after", "\(after)")], subject: "recording")
            for entry in status.list("examples") {
                after = max(after, entry.int("n") ?? after)
                guard let provider = entry["provider"]?.stringValue, let operation = entry["operation"]?.stringValue,
                    Names.isName(provider), Names.isName(operation),
                    let example = entry["example"].flatMap({ RecordedExample(json: $0) })
                else { continue }
                let subject = "\(provider).\(operation)"
                let isNew = try folder.keep(example, of: subject)
                written[subject, default: 0] += isNew ? 1 : 0
                if !options.json {
                    Terminal.output.line(
                        "\(Shape.ok.text(on: .output)) \(subject)  \(example.name)\(isNew ? "" : "  is there already")")
                }
            }
            guard status["on"] == true else { return written }
            try await clock.sleep(for: .seconds(1))
        }
    }

    private func tell(_ written: [String: Int]) throws {
        let total = written.values.reduce(0, +)
        if options.json {
            return Terminal.output.line(
                JSONValue.object(JSONObject(written.sorted { $0.key < $1.key }.map { ($0.key, JSONValue($0.value)) }))
                    .pretty())
        }
        let terminal = Terminal.output
        guard !written.isEmpty else {
            return terminal.line("\(Shape.none.text(on: terminal)) No call passed in that time.")
        }
        terminal.line(
            terminal.sentence("\(Words.count(total, "new example")) of \(Words.count(written.count, "operation")).")
                + " Next: footing contract test")
    }
}
