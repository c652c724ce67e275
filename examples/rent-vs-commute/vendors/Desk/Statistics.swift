/// What a vendor counted since the start or the last reset; the answer of `GET /_control/stats`.
struct Statistics: Sendable, Encodable {
    struct Effects: Sendable, Encodable {
        let total: Int
        let byKey: [String: Int]
        let withoutKey: Int
        let replayed: Int

        enum CodingKeys: String, CodingKey {
            case total, replayed
            case byKey = "by_key"
            case withoutKey = "without_key"
        }
    }

    let vendor: String
    let requests: Int
    /// Route, then status, then count.
    let routes: [String: [String: Int]]
    let statuses: [String: Int]
    let effects: Effects
    let drift: Bool
    let down: Bool
    let keys: Int
}
