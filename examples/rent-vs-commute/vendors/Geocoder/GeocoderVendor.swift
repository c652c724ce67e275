import Foundation

/// The geocoder: `GET /v1/search?q=...`, key in the header `X-Api-Key`, limits told in `X-RateLimit-*`.
///
/// Its documentation says five requests a second; in truth it takes four.
struct GeocoderVendor: Vendor {
    let name = "geocoder"
    let keyVariable = "GEOCODER_KEY"
    let keyPlace = "header X-Api-Key"
    let limit = RateLimit(rate: 4, burst: 8)
    let hiccups = [Hiccup(kind: .unavailable, every: 11, at: 7)]
    private let index: PlaceIndex

    init(places: [Place], stations: [Station], areas: [Area]) {
        let stationPlaces = stations.map {
            Place(
                id: "station-\($0.id)", name: "\($0.name) station", kind: "station", postcode: nil, lat: $0.lat,
                lon: $0.lon, aliases: [$0.name, "S \($0.name)", "U \($0.name)", "\($0.name) Bahnhof"])
        }
        let areaPlaces = areas.map {
            Place(
                id: "area-\($0.id)", name: $0.name, kind: "neighbourhood", postcode: nil, lat: $0.lat, lon: $0.lon,
                aliases: [])
        }
        index = PlaceIndex(places + areaPlaces + stationPlaces)
    }

    func key(in question: Question) -> String? { question.headers["x-api-key"] }

    func route(of question: Question) -> String? {
        question.method == "GET" && question.path == ["v1", "search"] ? "GET /v1/search" : nil
    }

    func answer(_ question: Question, drift: Bool, watches: inout WatchBook, now: Date) -> Reply {
        let text = question.query["q"] ?? ""
        let delay = StableHash.spread(text, over: 0.08...0.22)
        guard !text.trimmingCharacters(in: .whitespaces).isEmpty else {
            return .json(
                400, Failure(status: "INVALID_REQUEST", code: "MISSING_PARAM", message: "param 'q' is required"))
        }
        let hits = index.search(text)
        guard !hits.isEmpty else {
            let message = "no match in index places_eu_v41, shard 7/12 on geo-search-7.internal:9200"
            return .json(404, Failure(status: "ZERO_RESULTS", code: "ZERO_RESULTS", message: message), delay: delay)
        }
        if drift {
            let results = hits.map { DriftedResult(label: label($0), coordinates: [$0.place.lon, $0.place.lat]) }
            return .json(200, Answer(query: text, results: results), delay: delay)
        }
        let results = hits.map { hit in
            Result(
                id: hit.place.id, displayName: label(hit), kind: hit.place.kind, position: hit.place.position,
                confidence: (hit.confidence * 100).rounded() / 100)
        }
        return .json(200, Answer(query: text, results: results), delay: delay)
    }

    private func label(_ hit: PlaceIndex.Hit) -> String {
        let number = hit.houseNumber.map { " \($0)" } ?? ""
        let city = hit.place.postcode.map { "\($0) Berlin" } ?? "Berlin"
        return "\(hit.place.name)\(number), \(city)"
    }

    func unauthorised() -> Reply {
        let message = "The provided API key is invalid. (auth-gw-2.geo.internal, realm=prod)"
        return .json(401, Failure(status: "REQUEST_DENIED", code: "INVALID_KEY", message: message))
    }

    func unknownRoute(_ question: Question) -> Reply {
        .json(404, Failure(status: "NOT_FOUND", code: "NO_ROUTE", message: "No handler. Router geo-api/4.18.2"))
    }

    func tooMany(_ question: Question, wait: Int, now: Date) -> Reply {
        let message = "bucket geo:k:prod:eu-3 is empty (redis-rl-1.geo.internal)"
        return .json(429, Failure(status: "OVER_QUERY_LIMIT", code: "RATE_LIMITED", message: message))
    }

    func unavailable(_ question: Question, number: Int) -> Reply {
        let text = """
            upstream connect error or disconnect/reset before headers. reset reason: connection failure, \
            transport failure reason: delayed connect error: 111 (geo-search-7.internal:9200, attempt \(number))
            """
        return .text(503, text, type: "text/plain", delay: 0.05)
    }

    func courtesy(left: Int, reset: Double) -> [(name: String, value: String)] {
        [
            ("X-RateLimit-Limit", "5"), ("X-RateLimit-Remaining", String(left)),
            ("X-RateLimit-Reset", String(Int(reset.rounded(.up)))),
        ]
    }
}

extension GeocoderVendor {
    fileprivate struct Answer<Item: Encodable>: Encodable {
        let query: String
        let results: [Item]
    }

    fileprivate struct Result: Encodable {
        let id: String
        let displayName: String
        let kind: String
        let position: Position
        let confidence: Double

        enum CodingKeys: String, CodingKey {
            case id, kind, position, confidence
            case displayName = "display_name"
        }
    }

    fileprivate struct DriftedResult: Encodable {
        let label: String
        let coordinates: [Double]
    }

    fileprivate struct Failure: Encodable {
        struct Detail: Encodable {
            let code: String
            let message: String
        }

        let status: String
        let error: Detail

        init(status: String, code: String, message: String) {
            self.status = status
            error = Detail(code: code, message: message)
        }
    }
}
