import Foundation

/// The transit planner: `POST /v2/matrix`, key in the query (`key=...`); each answer takes six to ten seconds.
///
/// Each third request is told to come back at a date three seconds away (429), each seventh meets 503.
struct TransitVendor: Vendor {
    let name = "transit"
    let keyVariable = "TRANSIT_KEY"
    let keyPlace = "query key=..."
    let limit = RateLimit(rate: 0.5, burst: 4)
    let hiccups = [
        Hiccup(kind: .tooMany(wait: 3), every: 3, at: 0),
        Hiccup(kind: .unavailable, every: 7, at: 5),
    ]
    private static let mostOrigins = 100
    private let network: Network

    init(network: Network) {
        self.network = network
    }

    func key(in question: Question) -> String? { question.query["key"] }

    func route(of question: Question) -> String? {
        question.method == "POST" && question.path == ["v2", "matrix"] ? "POST /v2/matrix" : nil
    }

    func answer(_ question: Question, drift: Bool, watches: inout WatchBook, now: Date) -> Reply {
        guard let matrix = try? JSONDecoder().decode(Matrix.self, from: question.body) else {
            return invalid("com.fasterxml.jackson.databind.exc.MismatchedInputException: MatrixRequest (line 1)")
        }
        guard (1...Self.mostOrigins).contains(matrix.origins.count) else {
            return invalid("origins: size must be between 1 and \(Self.mostOrigins)")
        }
        guard matrix.destination.isOnEarth, matrix.origins.allSatisfy(\.position.isOnEarth) else {
            return invalid("coordinate out of range (planner tm-router-4.fra.internal)")
        }
        let delay = StableHash.spread(
            "\(matrix.destination.lat),\(matrix.destination.lon),\(matrix.origins.count)", over: 6...10)
        let rows = self.rows(matrix)
        if drift {
            let elements = rows.map { Drifted.Element(origin: $0.id, duration: "PT\($0.minutes)M") }
            return .json(200, Drifted(elements: elements), delay: delay)
        }
        let answer = Answer(
            mode: matrix.mode ?? .transit, departure: "weekday morning", destination: matrix.destination, rows: rows)
        return .json(200, answer, delay: delay)
    }

    private func rows(_ matrix: Matrix) -> [Answer.Row] {
        if matrix.mode == .walking {
            return matrix.origins.map { origin in
                let minutes = origin.position.walk(to: matrix.destination)
                return Answer.Row(origin.id, Journey(minutes: minutes, walk: minutes, legs: []))
            }
        }
        let tree = RouteTree(network, to: matrix.destination)
        return matrix.origins.map { Answer.Row($0.id, tree.journey(from: $0.position)) }
    }

    func unauthorised() -> Reply {
        .json(401, Fault("Invalid ApiKey for given resource", code: "oauth.v2.InvalidApiKey", at: "apigee-mp-17"))
    }

    func unknownRoute(_ question: Question) -> Reply {
        .json(404, Fault("Unable to identify proxy for host", code: "messaging.adaptors.NoProxy", at: "apigee-mp-17"))
    }

    func tooMany(_ question: Question, wait: Int, now: Date) -> Reply {
        let fault = Fault("Spike arrest violation", code: "policies.ratelimit.SpikeArrestViolation", at: "apigee-mp-17")
        let date = HTTPDate.text(now.addingTimeInterval(Double(wait)))
        return .json(429, fault, headers: [("Retry-After", date)], delay: 0.04)
    }

    func unavailable(_ question: Question, number: Int) -> Reply {
        let page = """
            <html><head><title>503 Service Temporarily Unavailable</title></head><body>
            <center><h1>503 Service Temporarily Unavailable</h1></center><hr>
            <!-- upstream tm-router-4.fra.internal:9000 pool=matrix-v2 err=ECONNREFUSED graph=/var/lib/otp/berlin.obj -->
            <center>nginx/1.25.3</center></body></html>
            """
        return .text(503, page, type: "text/html", delay: 0.3)
    }

    private func invalid(_ text: String) -> Reply { .json(400, Fault(text, code: "INVALID_BODY", at: "tm-api-2")) }
}
