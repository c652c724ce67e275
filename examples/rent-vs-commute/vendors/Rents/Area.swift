/// A neighbourhood with its median asking rent.
struct Area: Sendable, Codable {
    let id: String
    let name: String
    let borough: String
    let lat: Double
    let lon: Double
    /// EUR a square metre and month, net cold.
    let medianRent: Double
    /// `published`, or `estimate` where the source has no figure of that detail.
    let quality: String

    var position: Position { Position(lat: lat, lon: lon) }

    enum CodingKeys: String, CodingKey {
        case id, name, borough, lat, lon, quality
        case medianRent = "median_rent"
    }
}
