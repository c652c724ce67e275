/// A way to work: walks, waits, and rides on lines.
struct Journey: Sendable {
    struct Leg: Sendable, Encodable {
        let line: String
        let from: String
        private(set) var to: String
        private(set) var minutes: Double
        private(set) var stops: Int

        init(line: String, from: String, to: String, minutes: Double, stops: Int) {
            self.line = line
            self.from = from
            self.to = to
            self.minutes = minutes
            self.stops = stops
        }

        mutating func ride(to station: String, minutes: Double) {
            to = station
            self.minutes = ((self.minutes + minutes) * 10).rounded() / 10
            stops += 1
        }
    }

    /// All of it.
    let minutes: Double
    /// On foot, at both ends and between stations.
    let walk: Double
    /// Empty when the whole way is walked.
    let legs: [Leg]

    var ride: Double { legs.reduce(0) { $0 + $1.minutes } }
    var transfers: Int { max(0, legs.count - 1) }

    /// The lines in order, such as `U8, U2`; `on foot` without any.
    var via: String { legs.isEmpty ? "on foot" : legs.map(\.line).joined(separator: ", ") }
}
