import Foundation

/// The control routes under `/_control/`: no key, loopback only, not counted.
enum Control {
    private struct Switch: Decodable {
        let on: Bool
        let mode: Desk.Outage?
    }

    private struct Keys: Decodable {
        let keys: [String]
    }

    private struct Done: Encodable {
        let done: String
    }

    private struct Wrong: Encodable {
        let error: String
    }

    static func answer(_ question: Question, desk: inout Desk) -> Reply {
        switch (question.method, question.path.dropFirst().joined(separator: "/")) {
        case ("GET", "stats"):
            return .json(200, desk.statistics)
        case ("POST", "reset"):
            desk.reset()
            return .json(200, Done(done: "reset"))
        case ("POST", "drift"):
            guard let body = decode(Switch.self, question) else { return wrong(#"expected {"on": true}"#) }
            desk.setDrift(body.on)
            return .json(200, Done(done: body.on ? "drift on" : "drift off"))
        case ("POST", "down"):
            guard let body = decode(Switch.self, question) else {
                return wrong(#"expected {"on": true, "mode": "refuse" | "close" | "hang"}"#)
            }
            desk.setOutage(body.on ? body.mode ?? .refuse : nil)
            return .json(200, Done(done: body.on ? "down on" : "down off"))
        case ("POST", "keys"):
            guard let body = decode(Keys.self, question) else { return wrong(#"expected {"keys": ["..."]}"#) }
            desk.setKeys(Set(body.keys.filter { !$0.isEmpty }))
            return .json(200, Done(done: "keys: \(desk.keys.count)"))
        default:
            return .json(404, Wrong(error: "control routes: GET stats, POST reset, drift, down, keys"))
        }
    }

    private static func decode<Body: Decodable>(_ type: Body.Type, _ question: Question) -> Body? {
        try? JSONDecoder().decode(type, from: question.body)
    }

    private static func wrong(_ text: String) -> Reply { .json(400, Wrong(error: text)) }
}
