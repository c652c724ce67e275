/// A line: its stations in order and the minutes between them, the same in both directions.
struct Line: Sendable, Codable {
    let id: String
    /// `u-bahn`, `s-bahn` or `tram`.
    let kind: String
    /// Minutes between two trains.
    let headway: Double
    let stations: [String]
    /// One fewer than `stations`.
    let minutes: [Double]
}
