import Contracts
import Store

/// One of the eight checks with its evidence.
package struct ScoreCheck: Sendable, Equatable {
    package enum Verdict: String, Sendable {
        case proven
        case notProven = "not_proven"
        case notMeasured = "not_measured"
    }

    package struct Evidence: Sendable, Equatable {
        package let text: String
        package let count: Int?
        /// Address in the console.
        package let link: String?

        /// - Parameter one: the text for a count of one.
        package init(_ text: String, one: String? = nil, count: Int? = nil, link: String? = nil) {
            self.text = count == 1 ? one ?? text : text
            self.count = count
            self.link = link
        }
    }

    package let number: Int
    package let name: String
    package let question: String
    package let verdict: Verdict
    package let evidence: [Evidence]
    /// What to do next and the command for it; nil when proven.
    package let next: (text: String, command: String)?

    package static func == (left: ScoreCheck, right: ScoreCheck) -> Bool {
        left.number == right.number && left.verdict == right.verdict && left.evidence == right.evidence
    }

    func json(at: Timestamp) -> JSONValue {
        [
            "n": JSONValue(number), "name": .string(name), "question": .string(question),
            "verdict": .string(verdict.rawValue),
            "evidence": .array(
                evidence.map {
                    [
                        "text": .string($0.text), "count": $0.count.map { JSONValue($0) } ?? .null,
                        "link": $0.link.map { .string($0) } ?? .null,
                    ]
                }),
            "next": next.map { ["text": .string($0.text), "command": .string($0.command)] } ?? .null,
            "at": verdict == .notMeasured ? .null : .string(at.description),
        ]
    }
}
