/// A street, square or landmark the geocoder knows.
struct Place: Sendable, Codable {
    let id: String
    let name: String
    let kind: String
    let postcode: String?
    let lat: Double
    let lon: Double
    let aliases: [String]

    var position: Position { Position(lat: lat, lon: lon) }
}
