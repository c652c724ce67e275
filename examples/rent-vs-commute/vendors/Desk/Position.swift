import Foundation

/// A point on the ground, in degrees (WGS 84).
struct Position: Sendable, Codable, Equatable {
    let lat: Double
    let lon: Double

    /// Great-circle distance in kilometres, on a sphere of 6,371 km.
    func distance(to other: Position) -> Double {
        let radians = Double.pi / 180
        let height = sin((other.lat - lat) * radians / 2)
        let width = sin((other.lon - lon) * radians / 2)
        let chord = height * height + cos(lat * radians) * cos(other.lat * radians) * width * width
        return 2 * 6371 * asin(min(1, chord.squareRoot()))
    }

    /// Minutes on foot at 4.8 km/h, with a quarter more way than the crow flies.
    func walk(to other: Position) -> Double { distance(to: other) * 1.25 / 4.8 * 60 }

    var isOnEarth: Bool { (-90...90).contains(lat) && (-180...180).contains(lon) }
}
