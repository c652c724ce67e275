/// A station of the network.
struct Station: Sendable, Codable {
    let id: String
    let name: String
    let lat: Double
    let lon: Double

    var position: Position { Position(lat: lat, lon: lon) }
}
