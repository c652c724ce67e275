import Contracts

extension PactContent {
    /// Differences of fields and content.
    func mismatches(with actual: PactContent, isStrict: Bool) -> [PactMismatch] {
        var heads = PactComparison(.header, isStrict: isStrict)
        heads.fields(headers, actual.headers, rules.headers)
        var contents = PactComparison(.body, isStrict: isStrict)
        let allowsOtherType =
            rules.headers.list(named: "content-type", ignoringCase: true) != nil && headers.contentType != nil
            && !heads.mismatches.contains { $0.place.lowercased() == "content-type" }
        contents.body((body, type), (actual.body, actual.type), rules.body, allowsOtherType: allowsOtherType)
        return heads.mismatches + contents.mismatches
    }
}

extension PactMessage {
    /// All differences between a message that came and this one, leniently.
    package func mismatches(with actual: PactMessage) -> [PactMismatch] {
        var metadata = PactComparison(.metadata, isStrict: false)
        metadata.json(.object(self.metadata), .object(actual.metadata), RuleScope(content.rules.metadata))
        return metadata.mismatches + content.mismatches(with: actual.content, isStrict: false)
    }
}
