/// SQL with the values of its parameters `$1`, `$2`, …
struct PostgresStatement: Sendable {
    let sql: String
    let parameters: [PostgresValue]

    init(_ sql: String, _ parameters: [PostgresValue] = []) {
        self.sql = sql
        self.parameters = parameters
    }

    static let begin = PostgresStatement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    static let commit = PostgresStatement("COMMIT")
    static let rollback = PostgresStatement("ROLLBACK")

    var isCommit: Bool { sql == Self.commit.sql }

    /// What the server keeps the statement under. It depends on the SQL alone, so that behind a pooler, where several
    /// clients share a server's connection, a name never means another statement.
    var name: String {
        var high: UInt64 = 0xCBF2_9CE4_8422_2325
        var low: UInt64 = 0x6C62_272E_07BB_0142
        for byte in sql.utf8 {
            high = (high ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            low = (low &+ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
            low ^= low >> 29
        }
        return "footing_" + String(high, radix: 36) + "_" + String(low, radix: 36)
    }
}
