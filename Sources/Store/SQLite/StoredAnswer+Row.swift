import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension StoredAnswer {
    init(row: Row) throws(StoreError) {
        let call: String = row["call"]
        guard let status: Int = row["status"], let fields: String = row["fields"] else {
            throw StoreError.damagedRow("answer to call \(call)")
        }
        let body: Data? = row["body"]
        try self.init(
            call: call, status: status, fields: fields, body: body.map(Array.init),
            bodyLength: row["body_length"] ?? 0, settledBy: row["settled_by"])
    }
}
