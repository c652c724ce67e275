extension RentsVendor {
    struct AreaList: Encodable {
        let areas: [AreaItem]
        let count: Int
        let year: Int
        let source: String
    }

    struct AreaItem: Encodable {
        let id: String
        let name: String
        let borough: String
        let lat: Double
        let lon: Double
    }

    struct Rent: Encodable {
        struct Name: Encodable {
            let id: String
            let name: String
            let borough: String
        }

        let area: Name
        let medianRent: Double
        let currency: String
        let unit: String
        let basis: String
        let year: Int
        let quality: String
        let source: String

        enum CodingKeys: String, CodingKey {
            case area, currency, unit, basis, year, quality, source
            case medianRent = "median_rent"
        }
    }

    /// The shape after a careless release: the number became a text, `name` and `currency` were renamed.
    struct DriftedRent: Encodable {
        struct Name: Encodable {
            let id: String
            let label: String
        }

        let area: Name
        let medianRent: String
        let ccy: String

        enum CodingKeys: String, CodingKey {
            case area, ccy
            case medianRent = "median_rent"
        }
    }

    /// The body of `POST /v1/watches`.
    struct Order: Decodable {
        let area: String
        /// EUR a month.
        let maxRent: Double

        enum CodingKeys: String, CodingKey {
            case area
            case maxRent = "max_rent"
        }
    }

    struct Watch: Encodable {
        let id: String
        let area: String
        let maxRent: Double
        let created: String

        enum CodingKeys: String, CodingKey {
            case id, area, created
            case maxRent = "max_rent"
        }
    }

    struct Failure: Encodable {
        let error: String
        let detail: String
        let host: String
    }
}
