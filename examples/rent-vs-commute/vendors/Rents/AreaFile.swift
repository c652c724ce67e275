/// `data/areas.json`: the neighbourhoods, and where their rents come from.
struct AreaFile: Sendable, Codable {
    let year: Int
    let currency: String
    let unit: String
    let basis: String
    let source: String
    let note: String
    let areas: [Area]
}
