import Synchronization

/// A compiled jq program (jq 1.6) that any number of threads may run at once.
///
/// A libjq state serves one run at a time, so the program keeps a small pool of them and makes another when all are
/// busy. Programs that only walk down a path are run without libjq, at no cost to compile. What a program may not do
/// is in `JQPrelude`.
public final class JQProgram: Sendable {
    /// When the program is compiled by libjq, which takes some 30 ms.
    public enum Timing: Sendable, Hashable {
        /// At once, so that all errors of the text are known.
        case now
        /// At the first run; until then only brackets and strings are checked.
        case firstRun
    }

    /// Results of one run; more are an error.
    public static let resultLimit = 10_000
    private static let idleMachines = 4

    public let text: String
    private let path: JQPath?
    private let idle = Mutex<[JQMachine]>([])

    private init(text: String, path: JQPath?) {
        self.text = text
        self.path = path
    }

    public static func compile(_ text: String, _ timing: Timing = .now) throws(JQError) -> JQProgram {
        let program = JQProgram(text: text, path: JQPath(text))
        guard program.path == nil else { return program }
        do throws(JQScanner.Failure) {
            try JQScanner.check(Array(text.utf8))
        } catch {
            throw JQError(code: .compile, message: JQProgram.describe(error))
        }
        guard !text.utf8.contains(0) else { throw JQError(code: .compile, message: "The program holds a NUL") }
        if timing == .now { program.give(back: try JQMachine(program: text)) }
        return program
    }

    /// All results for the input, in order; none and several are fine.
    public func run(_ input: JSONValue) throws(JQError) -> [JSONValue] {
        if let path { return [try path.run(input)] }
        let machine: JQMachine
        if let idle = idle.withLock({ $0.popLast() }) {
            machine = idle
        } else {
            machine = try JQMachine(program: text)
        }
        defer {
            machine.reset()
            give(back: machine)
        }
        return try machine.run(input, limit: JQProgram.resultLimit)
    }

    /// The one result; none or several are an error.
    public func runForOne(_ input: JSONValue) throws(JQError) -> JSONValue {
        let results = try run(input)
        guard let result = results.first, results.count == 1 else {
            throw JQError(code: .notOneResult, message: "The program gives \(results.count) results instead of one")
        }
        return result
    }

    private func give(back machine: JQMachine) {
        idle.withLock { if $0.count < JQProgram.idleMachines { $0.append(machine) } }
    }

    private static func describe(_ failure: JQScanner.Failure) -> String {
        switch failure {
        case .unbalanced(let offset): "a bracket closes at character \(offset + 1) that was not opened"
        case .unfinished: "a bracket or string is not closed"
        }
    }
}
