import Foundation

/// The rents: `GET /v1/areas`, `GET /v1/rents/{area}`, `POST /v1/watches`; bearer token.
///
/// Its documentation says ten requests a second; in truth it takes eight, shares a quota with others (each 17th
/// request gets 429 with `Retry-After` in seconds), and each 13th request meets a database that is away (503).
struct RentsVendor: Vendor {
    let name = "rents"
    let keyVariable = "RENTS_KEY"
    let keyPlace = "bearer token"
    let limit = RateLimit(rate: 8, burst: 12)
    let hiccups = [
        Hiccup(kind: .unavailable, every: 13, at: 5),
        Hiccup(kind: .tooMany(wait: 2), every: 17, at: 9),
    ]
    private let file: AreaFile
    private let byID: [String: Area]

    init(file: AreaFile) {
        self.file = file
        byID = Dictionary(file.areas.map { ($0.id, $0) }) { first, _ in first }
    }

    func key(in question: Question) -> String? {
        guard let value = question.headers["authorization"], value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst(7)).trimmingCharacters(in: .whitespaces)
    }

    func route(of question: Question) -> String? {
        switch (question.method, question.path.count, question.path.prefix(2)) {
        case ("GET", 2, ["v1", "areas"]): "GET /v1/areas"
        case ("GET", 3, ["v1", "rents"]): "GET /v1/rents/{area}"
        case ("POST", 2, ["v1", "watches"]): "POST /v1/watches"
        default: nil
        }
    }

    func answer(_ question: Question, drift: Bool, watches: inout WatchBook, now: Date) -> Reply {
        if question.method == "POST" { return watch(question, watches: &watches, now: now) }
        guard question.path.count == 3 else { return areas(drift: drift) }
        return rent(of: question.path[2], drift: drift)
    }

    private func areas(drift: Bool) -> Reply {
        let list = file.areas.map {
            AreaItem(id: $0.id, name: $0.name, borough: $0.borough, lat: $0.lat, lon: $0.lon)
        }
        return .json(200, AreaList(areas: list, count: list.count, year: file.year, source: file.source), delay: 0.15)
    }

    private func rent(of id: String, drift: Bool) -> Reply {
        let delay = StableHash.spread(id, over: 0.09...0.26)
        guard let area = byID[id] else {
            let statement = "SELECT median_net_cold FROM rents_\(file.year) WHERE area_id = $1 LIMIT 1"
            return .json(
                404, Failure(error: "AREA_UNKNOWN", detail: "0 rows: \(statement)", host: "db-eu-3.internal:5432"),
                delay: delay)
        }
        if drift {
            let rent = "EUR \(String(format: "%.2f", area.medianRent))/m2"
            return .json(
                200, DriftedRent(area: .init(id: area.id, label: area.name), medianRent: rent, ccy: file.currency),
                delay: delay)
        }
        let answer = Rent(
            area: .init(id: area.id, name: area.name, borough: area.borough), medianRent: area.medianRent,
            currency: file.currency, unit: file.unit, basis: file.basis, year: file.year, quality: area.quality,
            source: file.source)
        return .json(200, answer, delay: delay)
    }

    private func watch(_ question: Question, watches: inout WatchBook, now: Date) -> Reply {
        guard let order = try? JSONDecoder().decode(Order.self, from: question.body), byID[order.area] != nil,
            order.maxRent > 0, order.maxRent < 100_000
        else {
            let detail = "jakarta.validation.ConstraintViolationException at WatchController.java:88"
            return .json(422, Failure(error: "WATCH_INVALID", detail: detail, host: "watch-1.internal"))
        }
        let done: (Int) -> Reply = { number in
            let id = "w_" + String(100_000 + number)
            let answer = Watch(id: id, area: order.area, maxRent: order.maxRent, created: now.ISO8601Format())
            return .json(201, answer, delay: 0.2)
        }
        let outcome = watches.place(
            key: question.headers["idempotency-key"], fingerprint: StableHash.of(question.body), reply: done)
        switch outcome {
        case .placed(let number) where number.isMultiple(of: 2):
            // Done, but the answer is lost on the way: the case that a retry without a key would do twice.
            return .text(
                504, "<html><h1>504 Gateway Time-out</h1><hr>edge-lb-2.rents.internal</html>", type: "text/html",
                delay: 0.4)
        case .placed(let number):
            return done(number)
        case .replayed(var reply):
            reply.headers.append((name: "Idempotent-Replayed", value: "true"))
            return reply
        case .conflict:
            let detail = "key reuse with different payload (redis-idem-1.internal)"
            return .json(409, Failure(error: "IDEMPOTENCY_CONFLICT", detail: detail, host: "watch-1.internal"))
        }
    }
}
