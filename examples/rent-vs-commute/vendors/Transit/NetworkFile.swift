/// `data/network.json`.
struct NetworkFile: Sendable, Codable {
    /// A change between stations that is made on foot.
    struct Footpath: Sendable, Codable {
        let from: String
        let to: String
        let minutes: Double
    }

    let source: String
    let note: String
    /// Minutes between getting off one train and standing where the next one stops.
    let transferMinutes: Double
    let stations: [Station]
    let lines: [Line]
    let footpaths: [Footpath]

    enum CodingKeys: String, CodingKey {
        case source, note, stations, lines, footpaths
        case transferMinutes = "transfer_minutes"
    }
}
