import Contracts
import Inventory

/// A row of the ledger with its JSON already encoded.
struct EncodedCall: Sendable {
    /// Without tries and detail.
    let call: CallRecord
    let tries: String
    let detail: String

    init(_ call: CallRecord) {
        var call = call
        tries = JSONValue.array(call.tries.map(\.stored)).text
        detail = StoredJSON.text(call.detail)
        // Held while the row waits: as text only.
        call.detail = [:]
        call.tries = []
        self.call = call
    }
}

extension Double {
    /// A length that is no number is stored as zero.
    var stored: Double { isFinite ? self : 0 }
}
