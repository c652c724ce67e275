import ArgumentParser
import Contracts

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `footing version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Show the version, the compiler and the platform.",
        discussion: """
            Example:
              footing version --json
            """)

    static let number = "0.1.0"
    static var text: String { "footing \(number) (Swift \(compiler), \(build), \(platform))" }

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    func run() {
        guard json else { return Terminal.output.line(Self.text) }
        let answer: JSONValue = [
            "version": .string(Self.number), "swift": .string(Self.compiler), "build": .string(Self.build),
            "platform": .string(Self.platform),
        ]
        Terminal.output.line(answer.pretty())
    }

    private static var compiler: String {
        #if compiler(>=6.5)
            "6.5 or later"
        #elseif compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    private static var build: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    private static var platform: String {
        var names = utsname()
        guard uname(&names) == 0 else { return "unknown platform" }
        func text<Field>(_ field: Field) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return "\(text(names.sysname)) \(text(names.machine))"
    }
}
