internal import CPQ

/// What a statement gave back, all of it in binary form.
///
/// Safe to hand on: a result is never changed once it is here, and libpq allows any thread to read one (PostgreSQL
/// manual, "Behavior in Threaded Programs").
final class PostgresRows: @unchecked Sendable {
    private let result: OpaquePointer

    /// Takes the result over.
    init(_ result: OpaquePointer) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    var count: Int { Int(PQntuples(result)) }

    /// Rows that an INSERT, UPDATE or DELETE has touched.
    var affected: Int {
        guard let text = PQcmdTuples(result) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    var first: PostgresRow? { count > 0 ? PostgresRow(rows: self, index: 0) : nil }

    func map<Value>(_ read: (PostgresRow) throws -> Value) rethrows -> [Value] {
        try (0..<count).map { try read(PostgresRow(rows: self, index: $0)) }
    }

    /// The bytes of a field; nil for NULL and for a column that is not there.
    fileprivate func field<Value>(
        _ row: Int, _ column: StaticString, _ read: (UnsafeRawBufferPointer) -> Value
    ) -> Value? {
        let name = UnsafeRawPointer(column.utf8Start).assumingMemoryBound(to: CChar.self)
        let index = PQfnumber(result, name)
        guard index >= 0, PQgetisnull(result, Int32(row), index) == 0,
            let start = PQgetvalue(result, Int32(row), index)
        else { return nil }
        return read(UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, Int32(row), index))))
    }
}

/// One row; columns are named in lower case.
struct PostgresRow {
    fileprivate let rows: PostgresRows
    fileprivate let index: Int

    func optionalText(_ column: StaticString) -> String? {
        rows.field(index, column) { String(decoding: $0, as: UTF8.self) }
    }

    func optionalInt(_ column: StaticString) -> Int64? {
        rows.field(index, column) { bytes in
            switch bytes.count {
            case 8: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
            case 4: Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
            default: nil
            }
        } ?? nil
    }

    func optionalBytes(_ column: StaticString) -> [UInt8]? {
        rows.field(index, column) { Array($0) }
    }

    func text(_ column: StaticString) throws(StoreError) -> String { try required(optionalText(column), column) }
    func int64(_ column: StaticString) throws(StoreError) -> Int64 { try required(optionalInt(column), column) }
    func int(_ column: StaticString) throws(StoreError) -> Int { Int(try int64(column)) }

    func double(_ column: StaticString) throws(StoreError) -> Double {
        let bits = rows.field(index, column) { bytes in
            bytes.count == 8 ? UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)) : nil
        }
        return Double(bitPattern: try required(bits ?? nil, column))
    }

    func bool(_ column: StaticString) throws(StoreError) -> Bool {
        try required(rows.field(index, column) { $0.first == 1 }, column)
    }

    func moment(_ column: StaticString) throws(StoreError) -> Timestamp {
        Timestamp(milliseconds: try int64(column))
    }

    func optionalMoment(_ column: StaticString) -> Timestamp? { Timestamp(column: optionalInt(column)) }

    private func required<Value>(_ value: Value?, _ column: StaticString) throws(StoreError) -> Value {
        guard let value else { throw StoreError.damagedRow("column \(column)") }
        return value
    }
}
