import Contracts

/// JSON as text in a column.
enum StoredJSON {
    /// Wider than what callers may send: what was accepted once must stay readable.
    private static let limits = JSONLimits(
        depth: 1000, bytes: 1 << 30, numberLength: 1 << 20, duplicateKeys: .keepLast)

    static func value(_ text: String, _ what: String) throws(StoreError) -> JSONValue {
        do {
            return try JSONValue.parse(text, limits: limits)
        } catch {
            throw StoreError.damagedRow("\(what): \(error)")
        }
    }

    static func object(_ text: String, _ what: String) throws(StoreError) -> JSONObject {
        guard let object = try value(text, what).objectValue else { throw StoreError.damagedRow("\(what): no object") }
        return object
    }

    static func text(_ object: JSONObject) -> String { JSONValue.object(object).text }
}
