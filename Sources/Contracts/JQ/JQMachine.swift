import CJQ

/// One libjq state with a compiled program in it.
///
/// Unchecked because the compiler cannot see it: a machine is held by one thread at a time (`JQProgram` takes it out
/// of its pool under a lock, and puts it back when the run is over), and libjq ties no state to the thread that made it.
final class JQMachine: @unchecked Sendable {
    private let state: OpaquePointer
    private let messages = JQMessages()

    /// Compiles the wrapped program; costs some 30 ms because libjq binds all its built-ins each time.
    init(program: String) throws(JQError) {
        guard let state = jq_init() else { throw JQError(code: .compile, message: "jq could not be started") }
        self.state = state
        jq_set_error_cb(state, JQMessages.callback, Unmanaged.passUnretained(messages).toOpaque())
        jq_set_attr(state, JQValue.jq("JQ_LIBRARY_PATH"), jv_array())
        jq_set_attr(state, JQValue.jq("JQ_ORIGIN"), JQValue.jq("/nonexistent"))
        guard jq_compile_args(state, JQPrelude.wrap(program), jv_object()) != 0 else {
            throw JQError(code: .compile, message: messages.summary)
        }
    }

    deinit {
        var state: OpaquePointer? = state
        jq_teardown(&state)
    }

    /// All results for one input, in order.
    func run(_ input: JSONValue, limit: Int) throws(JQError) -> [JSONValue] {
        jq_start(state, JQValue.jq(input), 0)
        var results: [JSONValue] = []
        while true {
            let value = jq_next(state)
            guard jv_get_kind(value) != JV_KIND_INVALID else {
                try end(value)
                return results
            }
            guard results.count < limit else {
                jv_free(value)
                throw JQError(code: .tooManyResults, message: "The program gives more than \(limit) results")
            }
            guard let result = JQValue.json(consuming: value) else {
                throw JQError(code: .tooDeep, message: "A result nests too deep")
            }
            results.append(result)
        }
    }

    /// Drops what the last run left in the state.
    func reset() {
        jq_start(state, jv_null(), 0)
    }

    /// An invalid value is the end, or an error when it carries a message.
    private func end(_ value: jv) throws(JQError) {
        guard jv_invalid_has_msg(jv_copy(value)) != 0 else {
            jv_free(value)
            return
        }
        let message = jv_invalid_get_msg(value)
        if jv_get_kind(message) == JV_KIND_STRING {
            let text = JQValue.string(message)
            jv_free(message)
            throw JQError(code: .run, message: text)
        }
        throw JQError(code: .run, message: JQValue.json(consuming: message)?.text ?? "The program raised an error")
    }
}
