import Contracts
import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An answer in the form of its columns.
struct EncodedAnswer: Sendable {
    let status: Int
    /// A JSON array of pairs.
    let fields: String
    let body: Data?
    let bodyLength: Int

    init(_ answer: StoredAnswer) {
        status = answer.status
        fields = JSONValue.array(answer.fields.map { [.string($0.name), .string($0.value)] }).text
        body = answer.body.map { Data($0) }
        bodyLength = answer.bodyLength
    }
}

extension StoredAnswer {
    init(row: Row) throws(StoreError) {
        let call: String = row["call"]
        guard let status: Int = row["status"], let fields: String = row["fields"],
            let pairs = try StoredJSON.value(fields, "answer to call \(call)").arrayValue
        else { throw StoreError.damagedRow("answer to call \(call)") }
        let body: Data? = row["body"]
        self.init(
            status: status,
            fields: pairs.compactMap { pair in
                guard let halves = pair.arrayValue, halves.count == 2, let name = halves[0].stringValue,
                    let value = halves[1].stringValue
                else { return nil }
                return Field(name, value)
            },
            keptBody: body.map(Array.init), bodyLength: row["body_length"] ?? 0, settledBy: row["settled_by"])
    }
}
