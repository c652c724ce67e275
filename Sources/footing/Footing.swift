import ArgumentParser
import Contracts

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The one program: the server, and the command line that talks to it.
@main
struct Footing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "footing",
        abstract: "Puts a demo on production footing.",
        discussion: """
            Footing stands between an app that already looks finished and everything it must really talk to. It reads the \
            inventory in footing/ and keeps its state in .footing/ beside it.

            The first hour:
              footing check                         is the inventory right?
              footing secret set geocoder-key       a vendor's key, kept on the server
              footing serve                         app, gateway, tasks and console on one port
              footing task new RECIPE key=value --watch
              footing score                         what is still missing

            Exit codes: 0 done, 1 the thing asked for failed, 2 command not understood, 3 the project's files have errors, \
            4 no server answers, 5 not allowed, 6 no such thing.
            Colour is off in pipes and with NO_COLOR. --json gives every answer as JSON.
            """,
        version: VersionCommand.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Project",
                subcommands: [
                    CheckCommand.self, TypesCommand.self, SecretCommand.self, TokenCommand.self, ServeCommand.self,
                ]),
            CommandGroup(
                name: "Work",
                subcommands: [
                    TaskCommand.self, CallCommand.self, LogsCommand.self, ScoreCommand.self, OpenAPICommand.self,
                    VersionCommand.self,
                ]),
            CommandGroup(
                name: "Operation",
                subcommands: [
                    ProviderCommand.self, CacheCommand.self, CallsCommand.self, FaultCommand.self, StoreCommand.self,
                ]),
            CommandGroup(name: "Contracts", subcommands: [ContractCommand.self, PactCommand.self, ImportCommand.self]),
        ])

    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            end(error)
        }
    }

    /// Says why, and ends with the code that says it to a script.
    private static func end(_ error: any Error) -> Never {
        if let failure = Failure(any: error) {
            if !failure.isSaid {
                let wantsJSON = CommandLine.arguments.contains("--json")
                let lines = wantsJSON ? [failure.json.text] : failure.lines(on: .errors)
                Terminal.errors.lines(lines)
            }
            leave(failure.status.rawValue)
        }
        let code = exitCode(for: error)
        let text = fullMessage(for: error)
        let stream = code.isSuccess ? Terminal.output : Terminal.errors
        if !text.isEmpty { stream.line(text) }
        leave(code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue)
    }
}
