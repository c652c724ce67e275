import Foundation

/// What a vendor answers: status, header fields, body, and how long it takes at normal speed.
struct Reply: Sendable {
    enum Ending: Sendable {
        case whole
        /// The connection breaks in the middle of the body.
        case cut
    }

    var status: Int
    var headers: [(name: String, value: String)]
    var body: Data
    /// Seconds at `--speed 1`.
    var delay: Double
    var ending: Ending = .whole

    init(status: Int, headers: [(name: String, value: String)] = [], body: Data, delay: Double) {
        self.status = status
        self.headers = headers
        self.body = body
        self.delay = delay
    }

    /// A JSON answer with its fields in alphabetical order, so that equal questions get equal bytes.
    static func json(
        _ status: Int, _ value: some Encodable, headers: [(name: String, value: String)] = [], delay: Double = 0
    ) -> Reply {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = (try? encoder.encode(value)) ?? Data(#"{"error":"encoding"}"#.utf8)
        let type = (name: "Content-Type", value: "application/json; charset=utf-8")
        return Reply(status: status, headers: [type] + headers, body: body, delay: delay)
    }

    static func text(
        _ status: Int, _ text: String, type: String, headers: [(name: String, value: String)] = [], delay: Double = 0
    ) -> Reply {
        let type = (name: "Content-Type", value: type)
        return Reply(status: status, headers: [type] + headers, body: Data(text.utf8), delay: delay)
    }
}
