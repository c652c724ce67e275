import Contracts

extension Failure {
    /// A failure from an answer that is `application/problem+json`, or from any other answer that is no success.
    init(status: Int, problem: JSONValue?, subject: String) {
        guard let problem, let title = problem["title"]?.stringValue else {
            self.init(
                status == 404 ? .notFound : .failed, "\(subject) failed", evidence: ["The server answered \(status)."],
                advice: "Is this address a Footing server? Check --url.")
            return
        }
        let code = problem["code"]?.stringValue ?? ""
        let isLookup = problem["provider"] == nil || ["provider_unknown", "operation_unknown"].contains(code)
        let exit: ExitStatus =
            switch status {
            case 401, 403: .notAllowed
            case 404 where isLookup: .notFound
            default: .failed
            }
        self.init(
            exit, "\(subject) failed  \(Self.chain(problem))",
            evidence: Self.evidence(problem, title: title), advice: Self.advice(problem, status),
            requestID: problem["request_id"]?.stringValue, problem: problem)
    }

    /// Evidence and advice of a problem that a task or a call ended with.
    static func evidence(_ problem: JSONValue, title: String) -> [String] {
        var lines = [title.hasSuffix(".") ? title : title + "."]
        for fault in problem["errors"]?.arrayValue ?? [] {
            let pointer = fault["pointer"]?.stringValue ?? ""
            lines.append("\(pointer.isEmpty ? "input" : pointer): \(fault["message"]?.stringValue ?? "")")
        }
        if let detail = problem["detail"]?.stringValue, !detail.isEmpty {
            lines.append("Your user read: \"\(detail)\"")
        }
        return lines
    }

    /// Who stands in the line, with the one that failed in brackets.
    static func chain(_ problem: JSONValue) -> String {
        let source = problem["source"]?.stringValue
        var parts = ["your app", "Footing"]
        if let provider = problem["provider"]?.stringValue { parts.append(provider) }
        let guilty = source == "caller" ? 0 : source == "footing" ? 1 : 2
        if parts.indices.contains(guilty) { parts[guilty] = "[\(parts[guilty])]" }
        return "(\(parts.joined(separator: " ─ ")))"
    }

    static func advice(_ problem: JSONValue, _ status: Int) -> String? {
        if let advice = problem["advice"]?.stringValue { return advice }
        let provider = problem["provider"]?.stringValue
        let code = problem["code"]?.stringValue ?? ""
        switch (problem["source"]?.stringValue, provider) {
        case (_, _) where code == "provider_unknown" || code == "operation_unknown":
            return "take a name from footing/providers/; footing check shows what is wrong there"
        case (_, _) where code == "recipe_unknown": return "take a name from footing/recipes/"
        case (_, _) where status == 401:
            return "make a token with footing token new, and give it as --token or FOOTING_TOKEN"
        case (_, _) where status == 403: return "make a token with that scope: footing token new --help"
        case ("caller", let provider?): return "change the input; footing logs --provider \(provider)"
        case ("caller", nil): return "change the input and try again"
        case (_, let provider?): return "footing logs --provider \(provider) --outcome failed"
        default: return "look at the server's log"
        }
    }
}
