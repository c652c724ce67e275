/// The cookie that holds the token of an app's browser session; scripts cannot read it.
package enum SessionCookie {
    package static let name = "footing_session"
}

/// Reads `Cookie` fields (RFC 6265, 5.4).
package enum Cookies {
    /// The first value of this name in the fields' values.
    package static func value(_ name: String, in fields: [String]) -> String? {
        for field in fields {
            for pair in field.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1)
                guard halves.count == 2, halves[0].drop(while: { $0 == " " }) == name else { continue }
                return String(halves[1])
            }
        }
        return nil
    }
}
