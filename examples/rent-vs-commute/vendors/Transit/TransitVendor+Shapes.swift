extension TransitVendor {
    /// The body of `POST /v2/matrix`.
    struct Matrix: Decodable {
        enum Mode: String, Codable {
            case transit
            case walking
        }

        struct Origin: Decodable {
            let id: String
            let lat: Double
            let lon: Double

            var position: Position { Position(lat: lat, lon: lon) }
        }

        let origins: [Origin]
        let destination: Position
        let mode: Mode?
    }

    struct Answer: Encodable {
        struct Row: Encodable {
            let id: String
            let status = "OK"
            let minutes: Int
            let walkMinutes: Int
            let rideMinutes: Int
            let transfers: Int
            let via: String
            let legs: [Journey.Leg]

            init(_ id: String, _ journey: Journey) {
                self.id = id
                minutes = Int(journey.minutes.rounded())
                walkMinutes = Int(journey.walk.rounded())
                rideMinutes = Int(journey.ride.rounded())
                transfers = journey.transfers
                via = journey.via
                legs = journey.legs
            }

            enum CodingKeys: String, CodingKey {
                case id, status, minutes, transfers, via, legs
                case walkMinutes = "walk_minutes"
                case rideMinutes = "ride_minutes"
            }
        }

        let mode: Matrix.Mode
        let departure: String
        let destination: Position
        let rows: [Row]
    }

    /// The shape after a careless release: rows became elements, minutes an ISO 8601 duration.
    struct Drifted: Encodable {
        struct Element: Encodable {
            let origin: String
            let duration: String
        }

        let elements: [Element]
    }

    struct Fault: Encodable {
        struct Text: Encodable {
            let faultstring: String
            let detail: Detail
        }

        struct Detail: Encodable {
            let errorcode: String
            let node: String
        }

        let fault: Text

        init(_ text: String, code: String, at node: String) {
            fault = Text(faultstring: text, detail: Detail(errorcode: code, node: "\(node).transit.internal"))
        }
    }
}
