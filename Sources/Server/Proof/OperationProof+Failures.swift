import Contracts
import Gateway
import Inventory
import Store
import Wire

/// What callers see when the provider fails: played, never provoked at the provider.
extension OperationProof {
    /// Stands in every played failure; no caller may ever read it.
    private static let vendorText = "the vendor's own words"
    private static let wait = 7

    /// Every line of the error map gives its code and its words; what is not in the map gives Footing's own.
    mutating func errorAnswers(_ input: JSONValue) async throws {
        var seen: Set<String> = []
        for rule in operation.errors + provider.errors {
            let status = rule.status ?? 400
            let name = rule.code.map { "\(status) \($0)" } ?? "\(status)"
            guard status >= 400, seen.insert(name).inserted else { continue }
            let body = Self.body(code: rule.code, at: rule.field)
            guard let effective = route.errors.rule(status: status, body: body) else { continue }
            guard effective.problemCode == rule.problemCode else {
                add(
                    "error answer", name, verdict: .skipped,
                    words: "\(effective.problemCode) speaks for it before \(rule.problemCode)")
                continue
            }
            try await errorAnswer(name, status, body, input) { problem in
                var faults: [String] = []
                if problem["code"]?.stringValue != rule.problemCode {
                    faults.append(
                        "the caller gets \(problem["code"]?.text ?? "no code") instead of \(rule.problemCode)")
                }
                if problem["detail"]?.stringValue != rule.text {
                    faults.append("the caller does not read the map's words")
                }
                let source = rule.isCaller ? "caller" : "provider"
                if problem["source"]?.stringValue != source {
                    faults.append("\(problem["source"]?.text ?? "nobody") is blamed instead of the \(source)")
                }
                return faults
            }
        }
        for status in [401, 418, 500] where route.errors.rule(status: status, body: Self.body(code: nil, at: "")) == nil
        {
            try await errorAnswer("\(status), not in the error map", status, Self.body(code: nil, at: ""), input) {
                ($0["detail"]?.stringValue ?? "").isEmpty ? ["the caller is told nothing"] : []
            }
        }
    }

    /// A 429 with `Retry-After` reaches the caller as a problem that says when to come back.
    mutating func rateLimit(_ input: JSONValue) async throws {
        let began = ground.clock.uptimeNanoseconds()
        let played = PlayedProvider(
            status: 429, fields: [.retryAfter: "\(Self.wait)"], body: Self.body(code: nil, at: ""))
        let answer = try await play(input, played)
        var faults: [String] = []
        if answer.status != 429 { faults.append("the caller gets \(answer.status) instead of 429") }
        let told = answer.problem?["retry_after"]?.intValue
        if told != Self.wait {
            faults.append(
                "the caller is told to wait \(told.map { "\($0) s" } ?? "for no stated time"), the provider said \(Self.wait) s"
            )
        }
        if answer.problem?["retryable"] != true {
            faults.append("the caller is told that trying again is of no use")
        }
        faults += Self.leaks(answer)
        add("rate limit", "429 with Retry-After", faults: faults, since: began)
    }

    private mutating func errorAnswer(
        _ name: String, _ status: Int, _ body: JSONValue, _ input: JSONValue, _ judge: (JSONValue) -> [String]
    ) async throws {
        let began = ground.clock.uptimeNanoseconds()
        let answer = try await play(input, PlayedProvider(status: status, body: body))
        let faults = answer.problem.map(judge) ?? ["the caller gets a success, \(answer.status)"]
        add("error answer", name, faults: faults + Self.leaks(answer), since: began)
    }

    private static func leaks(_ answer: ProofAnswer) -> [String] {
        answer.problem?.text.contains(vendorText) == true ? ["the caller reads the vendor's own words"] : []
    }

    /// An input made from the request's contract; nil where none can be made.
    var made: JSONValue? {
        var input: JSONObject = [:]
        let parts: [(String, Schema?)] = [
            ("path", route.path?.schema), ("query", route.query?.schema), ("body", route.body),
        ]
        for (name, contract) in parts {
            guard let contract else { continue }
            guard let seed = BoundaryCases(contract.json, compiled: contract, isText: name != "body").seed else {
                return nil
            }
            input[name] = seed
        }
        if route.path == nil {
            input["path"] = .object(JSONObject(operation.path.parameters.map { ($0, .string("a")) }))
        }
        return .object(input)
    }

    /// A body in which the code stands where the rule looks for it (`$.error.code`, `$.errors[0].code`).
    private static func body(code: String?, at field: String) -> JSONValue {
        var body: JSONObject = ["message": .string(vendorText)]
        guard let code else { return .object(body) }
        let path = field.hasPrefix("$.") ? field.dropFirst(2) : field[...]
        let steps = path.split(separator: ".").flatMap {
            $0.split(separator: "[").map { String($0.prefix { $0 != "]" }) }
        }
        var value = JSONValue.string(code)
        for step in steps.dropFirst().reversed() {
            value = Int(step) == 0 ? [value] : .object([step: value])
        }
        if let first = steps.first { body[first] = value }
        return .object(body)
    }
}
