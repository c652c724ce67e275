import Contracts
import HTTPTypes
import Inventory
import NIOCore
import Store

/// Ninth stage: an error becomes words of the inventory's error map, and an answer is checked against the contract.
struct CheckAnswer {
    func run(_ context: inout CallContext) throws(Problem) {
        guard let response = context.response else { return }
        let text = Array(response.body.readableBytesView)
        if Self.isJSON(response.headers) || (context.operation?.response != nil && !text.isEmpty) {
            context.json = try? JSONValue.parse(text)
        }
        guard response.status < 400 else { throw failure(response, context) }
        guard let operation = context.operation, let schema = operation.response, (200..<300).contains(response.status)
        else {
            return
        }
        guard let json = context.json else {
            throw drifted(context, "the answer is not JSON")
        }
        context.drift = Drift.findings(schema: schema, document: JSONDocument(json))
        let policy: DriftPolicy = operation.operation.drift == .fail ? .fail : .record
        if let first = context.drift.first(where: { $0.isFailure(under: policy) }) {
            throw drifted(context, "\(first.pointer): expected \(first.expected), seen \(first.seen)")
        }
    }

    private func drifted(_ context: CallContext, _ log: String) -> Problem {
        context.problem(
            "contract_broken", .provider, 502, "Provider's answer breaks the contract",
            "\(context.providerTitle) sent something unexpected, so we did not use it.",
            advice:
                "Compare the drift finding with the provider's changelog; accept it into the contract or talk to the provider.",
            log: log)
    }

    /// The provider's own words go to the log alone.
    private func failure(_ response: ClientResponse, _ context: CallContext) -> Problem {
        let retryAfter = RetryAfter.wait(in: response.headers, now: context.startedAt)
        if let rule = context.operation?.errors.first(where: { $0.matches(status: response.status, body: context.json) }
        ) {
            return context.problem(
                rule.problemCode, rule.isCaller ? .caller : .provider,
                rule.isCaller ? Self.callerStatus(response.status) : Self.gatewayStatus(response.status),
                "\(context.providerTitle) refused", rule.text,
                retryable: !rule.isCaller && Self.isPassing(response.status), after: retryAfter,
                log: "status \(response.status)")
        }
        let title = context.providerTitle
        switch response.status {
        case 401, 403:
            return context.problem(
                "provider_refused_key", .footing, 502, "Provider refused our key", "\(title) is not set up correctly.",
                advice:
                    "Check the secret \(context.route?.provider.auth.secret?.rawValue ?? "of this provider") and its rights at the provider.",
                log: "status \(response.status)")
        case 429:
            return context.problem(
                "rate_limited", .provider, 429, "Provider's limit is reached",
                "\(title) is busy. It can be asked again soon.",
                retryable: true, after: retryAfter ?? .seconds(1), log: "status 429")
        case 500...599:
            return context.problem(
                "provider_failed", .provider, Self.gatewayStatus(response.status), "Provider failed",
                "\(title) has a problem at the moment.",
                retryable: true, after: retryAfter, log: "status \(response.status)")
        default:
            return context.problem(
                "provider_rejected", .provider, 502, "Provider rejected the request",
                "\(title) did not accept this request.",
                advice: "Give this case words in the provider's error map.", log: "status \(response.status)")
        }
    }

    private static func callerStatus(_ status: Int) -> Int {
        (400..<500).contains(status) && status != 401 && status != 407 ? status : 422
    }

    private static func gatewayStatus(_ status: Int) -> Int {
        status == 429 || status == 503 || status == 504 ? status : 502
    }

    private static func isPassing(_ status: Int) -> Bool {
        status == 429 || status >= 500
    }

    private static func isJSON(_ headers: HTTPFields) -> Bool {
        let type = (headers[.contentType] ?? "").lowercased().prefix { $0 != ";" }
        return type == "application/json" || type.hasSuffix("+json")
    }
}

extension ErrorRule {
    /// Whether the rule speaks of this answer.
    func matches(status: Int, body: JSONValue?) -> Bool {
        if let wanted = self.status, wanted != status { return false }
        guard let code else { return self.status != nil }
        let path = field.hasPrefix("$.") ? field.dropFirst(2) : field[...]
        var value = body
        for name in path.split(separator: ".") { value = value?[String(name)] }
        return value?.stringValue == code || value?.numberValue?.text == code
    }
}
