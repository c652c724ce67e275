internal import CPQ

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension PostgresConnection {
    /// Sends all statements at once and waits for their answers: one round trip, however many they are. After the first
    /// that fails none is carried out.
    ///
    /// A failure leaves the transaction open where BEGIN was among the statements: see `endTransaction`.
    func run(
        _ statements: [PostgresStatement], timeout: Duration
    ) throws(PostgresFailure) -> [PostgresRows] {
        let deadline = Deadline(after: timeout)
        // Answers to come, in order: nil is that of preparing a statement.
        var expected: [(name: String, sql: String, statement: Int?)] = []
        for (index, statement) in statements.enumerated() {
            if prepares {
                let name = statement.name
                if prepared[name] == nil, !expected.contains(where: { $0.name == name }) {
                    guard prepare(name, statement) else { throw failure() }
                    expected.append((name, statement.sql, nil))
                }
                guard send(statement, name: name) else { throw failure() }
                expected.append((name, "", index))
            } else {
                guard send(statement, name: nil) else { throw failure() }
                expected.append(("", "", index))
            }
        }
        guard PQpipelineSync(handle) == 1 else { throw failure() }
        try flush(deadline, hasCommit: statements.contains(where: \.isCommit))
        return try collect(expected, statements, deadline)
    }

    private func prepare(_ name: String, _ statement: PostgresStatement) -> Bool {
        let types = statement.parameters.map(\.typeID)
        return PQsendPrepare(handle, name, statement.sql, Int32(types.count), types) == 1
    }

    private func send(_ statement: PostgresStatement, name: String?) -> Bool {
        // The first byte is never used: an empty value needs an address too.
        var bytes: [UInt8] = [0]
        var places: [Int?] = []
        var lengths: [Int32] = []
        for parameter in statement.parameters {
            let start = bytes.count
            places.append(parameter.encode(into: &bytes) ? start : nil)
            lengths.append(Int32(clamping: bytes.count - start))
        }
        let formats = [Int32](repeating: 1, count: places.count)
        return bytes.withUnsafeBytes { buffer in
            let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = places.map { place in place.flatMap { offset in base.map { $0 + offset } } }
            let count = Int32(values.count)
            if let name {
                return PQsendQueryPrepared(handle, name, count, values, lengths, formats, 1) == 1
            }
            let types = statement.parameters.map(\.typeID)
            return PQsendQueryParams(handle, statement.sql, count, types, values, lengths, formats, 1) == 1
        }
    }

    /// Reads while it writes: a server whose answers nobody takes stops reading.
    private func flush(_ deadline: Deadline, hasCommit: Bool) throws(PostgresFailure) {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1:
                guard try wait(for: Int16(POLLIN | POLLOUT), deadline) else { throw timeOut(isUnconfirmed: hasCommit) }
                guard PQconsumeInput(handle) == 1 else { throw lost(isUnconfirmed: hasCommit) }
            default: throw lost(isUnconfirmed: hasCommit)
            }
        }
    }

    private func collect(
        _ expected: [(name: String, sql: String, statement: Int?)], _ statements: [PostgresStatement],
        _ deadline: Deadline
    ) throws(PostgresFailure) -> [PostgresRows] {
        var rows: [PostgresRows] = []
        var first: PostgresFailure?
        // Until its answer has come; an error before it means that there was none.
        var commits = statements.contains(where: \.isCommit)
        for entry in expected {
            let isCommit = entry.statement.map { statements[$0].isCommit } ?? false
            while let result = try next(deadline, isUnconfirmed: commits && first == nil) {
                let answer = PostgresRows(result)
                switch PQresultStatus(result) {
                case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                    if entry.statement != nil { rows.append(answer) } else { prepared[entry.name] = entry.sql }
                    if isCommit { commits = false }
                case PGRES_PIPELINE_ABORTED:
                    break
                default:
                    var failure = refusal(result)
                    failure.isUnconfirmed = isCommit && failure.kind == .lost
                    first = first ?? failure
                }
                if PQstatus(handle) == CONNECTION_BAD { break }
            }
            if PQstatus(handle) == CONNECTION_BAD { break }
        }
        if PQstatus(handle) == CONNECTION_BAD {
            if let first { throw first }
            throw lost(isUnconfirmed: commits)
        }
        // The end of the pipeline.
        if let result = try next(deadline, isUnconfirmed: commits && first == nil) { PQclear(result) }
        if let first { throw first }
        guard rows.count == statements.count else {
            throw PostgresFailure(.lost, message: "the server answered out of turn")
        }
        return rows
    }

    private func next(_ deadline: Deadline, isUnconfirmed: Bool) throws(PostgresFailure) -> OpaquePointer? {
        while PQisBusy(handle) == 1 {
            guard try wait(for: Int16(POLLIN), deadline) else { throw timeOut(isUnconfirmed: isUnconfirmed) }
            guard PQconsumeInput(handle) == 1 else { break }
        }
        return PQgetResult(handle)
    }

    private func refusal(_ result: OpaquePointer) -> PostgresFailure {
        func field(_ code: Character) -> String? {
            code.asciiValue.flatMap { PQresultErrorField(result, Int32($0)) }.map { String(cString: $0) }
        }
        let state = field("C")
        // Without its DETAIL, which holds values.
        let message = field("M") ?? message()
        let isLost = state.map { $0.hasPrefix("57P") || $0.hasPrefix("08") } ?? true
        return PostgresFailure(isLost ? .lost : .refused, sqlState: state, message: message)
    }

    private func lost(isUnconfirmed: Bool) -> PostgresFailure {
        var failure = failure()
        failure.isUnconfirmed = isUnconfirmed
        return failure
    }

    private func timeOut(isUnconfirmed: Bool) -> PostgresFailure {
        var failure = PostgresFailure(.lost, message: "the server did not answer in time")
        failure.isUnconfirmed = isUnconfirmed
        return failure
    }

    /// Rolls back what is open; false when the connection is of no use any more.
    func endTransaction(timeout: Duration) -> Bool {
        guard PQstatus(handle) == CONNECTION_OK else { return false }
        if PQtransactionStatus(handle) == PQTRANS_IDLE { return true }
        _ = try? run([.rollback], timeout: timeout)
        return isUsable
    }
}
