import Foundation

@testable import sandbox_vendors

/// The vendors with the data of the tree, and a clock that stands still unless told otherwise.
enum Fixtures {
    static let noon = Date(timeIntervalSince1970: 1_790_000_000)

    private static let folder = DataFolder(path: nil)

    static func network() throws -> NetworkFile { try folder.read(NetworkFile.self, from: "network.json") }
    static func areas() throws -> AreaFile { try folder.read(AreaFile.self, from: "areas.json") }
    static func places() throws -> PlaceFile { try folder.read(PlaceFile.self, from: "places.json") }

    static func geocoder() throws -> GeocoderVendor {
        try GeocoderVendor(places: places().places, stations: network().stations, areas: areas().areas)
    }

    static func desk(_ vendor: any Vendor, speed: Double = 1, seed: Int = 0, drift: Bool = false) -> Desk {
        Desk(vendor: vendor, keys: ["old", "new"], speed: speed, seed: seed, drift: drift, down: false)
    }

    static func search(_ text: String, key: String = "old") -> Question {
        let query = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return Question(method: "GET", target: "/v1/search?q=\(query)", headers: ["x-api-key": key])
    }

    static func rent(_ area: String, key: String = "new") -> Question {
        Question(method: "GET", target: "/v1/rents/\(area)", headers: ["authorization": "Bearer \(key)"])
    }

    static func watch(_ body: String, key: String?) -> Question {
        var headers = ["authorization": "Bearer new"]
        headers["idempotency-key"] = key
        return Question(method: "POST", target: "/v1/watches", headers: headers, body: Data(body.utf8))
    }

    static func matrix(_ body: String, key: String = "new") -> Question {
        Question(method: "POST", target: "/v2/matrix?key=\(key)", body: Data(body.utf8))
    }

    static func control(_ method: String, _ name: String, _ body: String = "") -> Question {
        Question(method: method, target: "/_control/\(name)", body: Data(body.utf8))
    }
}

extension Reply {
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
