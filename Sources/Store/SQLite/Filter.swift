import GRDB

/// The conditions of a list query: those that are asked for, joined by AND.
struct Filter: Sendable {
    private var conditions: [String] = []
    private(set) var arguments = StatementArguments()

    /// Empty, or `WHERE …`.
    var sql: String { conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ") }

    /// Leaves the condition out when `value` is nil; every `?` of it stands for the value.
    mutating func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
        guard let value else { return }
        conditions.append(condition)
        for mark in condition.utf8 where mark == UInt8(ascii: "?") { arguments += [value] }
    }

    mutating func add(_ condition: String) {
        conditions.append(condition)
    }
}
