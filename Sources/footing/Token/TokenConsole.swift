import ArgumentParser
import Contracts
import Inventory

/// `footing token console`: a link that signs a person in to the console.
struct TokenConsole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Print a link that signs you in to the console.",
        discussion: """
            The link is good once, for ten minutes. Open it in the browser that shall be signed in.

            Example:
              footing token console
            """)

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        let (_, answer) = try await client.post("/v1/console/codes", [:], subject: "the console link")
        guard let code = answer["code"]?.stringValue else {
            throw Failure(.failed, "The server gave no code", advice: "is it of this version? footing version")
        }
        let link = "\(client.origin)/console/login?code=\(PercentEncoding.encode(code))"
        let document: JSONValue = ["url": .string(link)]
        Terminal.output.line(options.json ? document.text : link)
        if !options.json { Terminal.errors.line(Terminal.errors.note("Good once, for ten minutes.")) }
    }
}
