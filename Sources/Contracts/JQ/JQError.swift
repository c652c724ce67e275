/// Why a jq program cannot be compiled or did not end well.
///
/// The message is jq's own; at run time it may quote the beginning of a value, so it belongs in the operator's log
/// and not in front of a caller.
public struct JQError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure; more may come.
    public struct Code: Sendable, Hashable {
        let name: String

        /// The text is no jq program.
        public static let compile = Code(name: "compile")
        /// The program raised an error.
        public static let run = Code(name: "run")
        /// The program gave more results than `JQProgram.resultLimit`.
        public static let tooManyResults = Code(name: "too_many_results")
        /// The program gave no result, or several, where one is needed.
        public static let notOneResult = Code(name: "not_one_result")
        /// A value nests deeper than JSON may here.
        public static let tooDeep = Code(name: "too_deep")
    }

    public let code: Code
    public let message: String

    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }

    private static let kinds = ["null", "boolean", "number", "string", "array", "object"]

    /// The message without anything of a value: for reports that others read.
    public var summary: String {
        guard code == .run else { return message }
        let subject =
            ["Cannot iterate over ", "Cannot index "].first { message.hasPrefix($0) }.map {
                message.dropFirst($0.count)
            }
            ?? message[...]
        let kind = Self.kinds.first { subject.hasPrefix($0) }
        return kind.map { "The jq program failed at a value of type \($0)" } ?? "The jq program raised an error"
    }
}
