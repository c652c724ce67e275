import Contracts
import Store

/// What a task remembers of its finished pieces.
struct StepMemo: Sendable {
    private let results: [String: JSONValue]

    init(_ records: [StepRecord]) {
        results = Dictionary(records.map { ($0.key, $0.result) }) { $1 }
    }

    /// The key of one item of a `for_each`.
    static func key(_ step: String, _ index: Int) -> String { "\(step)[\(index)]" }

    /// The key under which a wait remembers when it ends.
    static func endKey(_ step: String) -> String { "\(step)#until" }

    func result(of step: String) -> JSONValue? { results[step] }

    func result(of step: String, item index: Int) -> JSONValue? { results[Self.key(step, index)] }

    func end(ofWait step: String) -> Timestamp? {
        results[Self.endKey(step)]?.intValue.map { Timestamp(milliseconds: Int64($0)) }
    }
}
