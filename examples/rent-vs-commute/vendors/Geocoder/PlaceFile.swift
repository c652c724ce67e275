/// `data/places.json`.
struct PlaceFile: Sendable, Codable {
    let source: String
    let note: String
    let places: [Place]
}
