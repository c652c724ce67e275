import GRDB
import Inventory

extension SQLiteStore: SpendingStore {
    package func addSpending(_ amounts: [Spending]) async throws {
        guard !amounts.isEmpty else { return }
        try await commits.run { db in
            let find = try db.cachedStatement(
                sql: "SELECT nanos FROM spending WHERE day = ? AND tenant = ? AND currency = ?")
            let replace = try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO spending (day, tenant, currency, nanos) VALUES (?, ?, ?, ?)")
            for spent in amounts {
                let key: StatementArguments = [spent.day, spent.tenant, spent.amount.currency]
                let before = try Int64.fetchOne(find, arguments: key) ?? 0
                let (sum, overflows) = before.addingReportingOverflow(spent.amount.nanos)
                try replace.execute(arguments: key + [overflows ? (before < 0 ? Int64.min : .max) : sum])
            }
        }
    }

    package func spending(day: Int) async throws -> [Spending] {
        try await read { db in
            let statement = try db.cachedStatement(sql: "SELECT tenant, currency, nanos FROM spending WHERE day = ?")
            return try Row.fetchAll(statement, arguments: [day]).map { row in
                Spending(tenant: row[0], day: day, amount: Money(nanos: row[2], currency: row[1]))
            }
        }
    }

    package func removeSpending(before day: Int) async throws {
        try await commits.run { db in
            try db.cachedStatement(sql: "DELETE FROM spending WHERE day < ?").execute(arguments: [day])
        }
    }
}
