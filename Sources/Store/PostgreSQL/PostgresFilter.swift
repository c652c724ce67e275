/// The conditions of a list query: those that are asked for, joined by AND.
struct PostgresFilter: Sendable {
    private var conditions: [String] = []
    private(set) var parameters: [PostgresValue] = []

    /// Empty, or `WHERE …`.
    var sql: String { conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ") }

    /// Leaves the condition out when `value` is nil; every `?` of it stands for the value.
    mutating func add(_ condition: String, _ value: PostgresValue?) {
        guard let value else { return }
        let mark = place(value)
        conditions.append(condition.split(separator: "?", omittingEmptySubsequences: false).joined(separator: mark))
    }

    mutating func add(_ condition: String) {
        conditions.append(condition)
    }

    /// How the SQL names the value.
    mutating func place(_ value: PostgresValue) -> String {
        parameters.append(value)
        return "$\(parameters.count)"
    }
}
