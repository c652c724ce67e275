import Testing

@testable import Store

@Suite("database address")
struct PostgresAddressTests {
    @Test("what people see of an address has no password")
    func description() throws {
        let address = try PostgresAddress("postgresql://anna:s3cret@db.example:6432/app?sslmode=verify-full")
        #expect("\(address)" == "postgresql://anna@db.example:6432/app")
        #expect(address.preparesStatements)
    }

    @Test("our own parameter is taken out, wherever it stands")
    func own() throws {
        let address = try PostgresAddress("postgresql://h/d?footing_prepared=off&sslmode=require")
        #expect(!address.preparesStatements && address.uri == "postgresql://h/d?sslmode=require")
        #expect(try PostgresAddress("postgres://h/d?footing_prepared=off").uri == "postgres://h/d")
    }

    @Test(
        "what is no address is refused without being repeated",
        arguments: [
            "", "mysql://anna:s3cret@h/d", "postgresql://anna:s3cret@h:port/d?x=y", "postgresql://anna:s3cret@[::1/d",
        ])
    func refused(_ text: String) {
        let error = #expect(throws: StoreError.self) { try PostgresAddress(text) }
        #expect(error?.code == .unreadable && error.map { "\($0)".contains("s3cret") } == false)
    }

    @Test("the SQLSTATE of a failed connection is found in its message")
    func sqlState() {
        let message = "connection to server on socket \"/tmp/.s.PGSQL.5432\" failed: FATAL:  53300: sorry, too many"
        #expect(PostgresConnection.sqlState(in: message) == "53300")
        #expect(PostgresConnection.sqlState(in: "could not connect to server: Connection refused") == nil)
        let error = StoreError(postgres: PostgresFailure(.lost, sqlState: "53300", message: message))
        #expect(error.code == .unavailable && error.reason.contains("max_connections"))
    }

    @Test("attempts become rarer, and callers stop waiting once the database has been away for long")
    func outage() {
        var outage = PostgresOutage(patience: .seconds(5))
        #expect(outage.action(at: .zero, waited: .zero) == .connect)
        outage.failed(at: .zero, jitter: 1)
        outage.failed(at: .zero, jitter: 1)
        #expect(outage.action(at: .zero, waited: .zero) == .wait(.milliseconds(50)))
        #expect(outage.action(at: .milliseconds(50), waited: .zero) == .connect)
        outage.failed(at: .milliseconds(50), jitter: 1)
        #expect(outage.action(at: .milliseconds(50), waited: .zero) == .wait(.milliseconds(100)))
        outage.failed(at: .seconds(10), jitter: 1)
        #expect(outage.action(at: .seconds(10), waited: .zero) == .giveUp)
        outage.succeeded()
        #expect(outage.action(at: .seconds(10), waited: .zero) == .connect)
    }
}
