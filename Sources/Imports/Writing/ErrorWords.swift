import Contracts

/// Words that a user may read for what a provider says it answers with. Refused keys, limits and failures of the provider
/// have theirs without a rule.
enum ErrorWords {
    private static let texts: [(status: Int, code: String, text: String)] = [
        (400, "rejected", "Something about this request is not right. Check what you entered."),
        (402, "payment_refused", "The payment was not accepted."),
        (404, "not_found", "We could not find that."),
        (409, "conflict", "This was changed or done already. Look at it again before you retry."),
        (410, "gone", "This is no longer there."),
        (413, "too_large", "This is too large to be sent."),
        (415, "kind_refused", "This kind of content cannot be sent."),
        (422, "rejected", "Something about this request is not right. Check what you entered."),
    ]

    static func rules(for statuses: Set<Int>, provider: String) -> [JSONValue] {
        let prefix = provider.replacing("-", with: "_").prefix(40)
        return texts.filter { statuses.contains($0.status) }.map { status, code, text in
            [
                "when": ["status": JSONValue(status)], "code": .string("\(prefix)_\(code)"), "text": .string(text),
                "caller": true,
            ]
        }
    }
}
