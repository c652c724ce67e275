import Contracts

/// The form in which attempts lie in the ledger: arrays instead of objects, since there are many.
extension CallTry {
    var stored: JSONValue {
        [
            JSONValue(number), .number(JSONNumber(Int(at.milliseconds))), JSONValue(status), .string(outcome.rawValue),
            JSONValue(milliseconds), JSONValue(waitedMilliseconds), JSONValue(reason),
            JSONValue(heldMilliseconds),
        ]
    }

    init?(stored: JSONValue) {
        guard let fields = stored.arrayValue, (7...8).contains(fields.count), let number = fields[0].intValue,
            let at = fields[1].intValue, let outcome = fields[3].stringValue.flatMap(Outcome.init(rawValue:))
        else { return nil }
        self.init(
            number: number, at: Timestamp(milliseconds: Int64(at)), status: fields[2].intValue, outcome: outcome,
            milliseconds: fields[4].doubleValue ?? 0,
            heldMilliseconds: fields.count > 7 ? fields[7].doubleValue ?? 0 : 0,
            waitedMilliseconds: fields[5].doubleValue ?? 0,
            reason: fields[6].stringValue)
    }
}
