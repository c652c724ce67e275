import Contracts

/// An answer in the form of its columns.
struct EncodedAnswer: Sendable {
    let status: Int
    /// A JSON array of pairs.
    let fields: String
    let body: [UInt8]?
    let bodyLength: Int

    init(_ answer: StoredAnswer) {
        status = answer.status
        fields = JSONValue.array(answer.fields.map { [.string($0.name), .string($0.value)] }).text
        body = answer.body
        bodyLength = answer.bodyLength
    }
}

extension StoredAnswer {
    /// Reads the answer to a call back from its columns.
    init(
        call: String, status: Int, fields: String, body: [UInt8]?, bodyLength: Int, settledBy: String?
    ) throws(StoreError) {
        guard let pairs = try StoredJSON.value(fields, "answer to call \(call)").arrayValue else {
            throw StoreError.damagedRow("answer to call \(call)")
        }
        self.init(
            status: status,
            fields: pairs.compactMap { pair in
                guard let halves = pair.arrayValue, halves.count == 2, let name = halves[0].stringValue,
                    let value = halves[1].stringValue
                else { return nil }
                return Field(name, value)
            },
            keptBody: body, bodyLength: bodyLength, settledBy: settledBy)
    }
}
