extension ErrorRule {
    /// What the user may read, in the language that fits best: lookup of RFC 4647, section 3.4.
    ///
    /// - Parameters:
    ///   - acceptLanguage: the value of the caller's `Accept-Language` field, as it came.
    ///   - written: the language of `text`, which is given when none of the languages asked for is there.
    public func text(for acceptLanguage: String?, written: String = Project.standardLanguage) -> String {
        guard let acceptLanguage, !texts.isEmpty else { return text }
        let tag = LanguageRanges(acceptLanguage).lookup(texts.keys.sorted() + [written])
        return tag.flatMap { texts[$0] } ?? text
    }
}
