/// The type of a content (RFC 9110 section 8.3.1): `application/vnd.api+json; charset=utf-8`.
package struct MediaType: Sendable, Hashable, CustomStringConvertible {
    /// In small letters, as are the other parts but the values of parameters.
    package let main: String
    /// Without the suffix.
    package let sub: String
    package let suffix: String?
    package let parameters: [String: String]

    package static let json = MediaType(main: "application", sub: "json")
    package static let xml = MediaType(main: "application", sub: "xml")
    package static let html = MediaType(main: "text", sub: "html")
    package static let text = MediaType(main: "text", sub: "plain")

    private init(main: String, sub: String, suffix: String? = nil, parameters: [String: String] = [:]) {
        self.main = main
        self.sub = sub
        self.suffix = suffix
        self.parameters = parameters
    }

    /// Nil when the text is no media type.
    package init?(_ text: String) {
        let parts = HeaderParts(text)
        let names = parts.value.lowercased().split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
        let plus = names[1].lastIndex(of: "+")
        main = String(names[0])
        sub = String(plus.map { names[1][..<$0] } ?? names[1])
        suffix = plus.map { String(names[1][names[1].index(after: $0)...]) }
        parameters = parts.parameters
    }

    package var isJSON: Bool {
        main == "application" && (sub.hasPrefix("json") || suffix == "json" || sub == "graphql")
    }

    package var isXML: Bool {
        (main == "application" || main == "text") && (sub == "xml" || suffix == "xml")
    }

    package var isForm: Bool {
        main == "application" && sub == "x-www-form-urlencoded"
    }

    package var isText: Bool {
        main == "text" || isXML || isJSON || isForm
    }

    /// Whether a content of the other type can be compared with one of this: parameters count only where this type
    /// has some, and a type with a suffix is also the type its suffix names.
    func covers(_ other: MediaType) -> Bool {
        if isXML, other.isXML, suffix == nil, other.suffix == nil {
            return parameters.isEmpty || parameters == other.parameters
        }
        guard parameters.isEmpty else { return self == other }
        return main == other.main && (sub == other.sub || other.suffix == sub)
    }

    /// The type that a content without one seems to have.
    package static func detect(_ bytes: [UInt8]) -> MediaType {
        let head = String(decoding: bytes.prefix(64), as: UTF8.self).drop { $0.isWhitespace }
        if head.hasPrefix("<?xml") { return .xml }
        let small = head.lowercased()
        if small.hasPrefix("<!doctype") || small.hasPrefix("<html") { return .html }
        guard let first = head.first else { return .text }
        if first == "<", head.dropFirst().first?.isLetter == true { return .xml }
        let isJSON =
            "{[\"".contains(first) || first.isNumber || ["true", "false", "null"].contains { head.hasPrefix($0) }
        return isJSON ? .json : .text
    }

    package var description: String {
        "\(main)/\(sub)" + (suffix.map { "+\($0)" } ?? "")
            + parameters.sorted { $0.key < $1.key }.map { ";\($0.key)=\($0.value)" }.joined()
    }
}
