internal import CPQ

/// Where the database is and how to speak to it: `FOOTING_DATABASE_URL` once read.
///
/// Any connection URI of libpq; its parameters choose TLS (`sslmode`, `sslrootcert`, …), schema
/// (`options=-csearch_path%3Dname`) and the rest. One more is ours: `footing_prepared=off` for a pooler that does not
/// carry prepared statements from one server connection to another.
package struct PostgresAddress: Sendable, CustomStringConvertible {
    /// What the variable's value begins with.
    package static let schemes = ["postgresql://", "postgres://"]

    /// Holds the password.
    let uri: String
    let preparesStatements: Bool
    /// `postgresql://user@host:port/database`, for people.
    package let description: String

    /// Throws `.unreadable` for anything that is not a connection URI; the text itself is in no error.
    package init(_ text: String) throws(StoreError) {
        guard Self.schemes.contains(where: text.hasPrefix) else {
            throw StoreError(
                .unreadable, "The database's address must begin with postgresql://; see FOOTING_DATABASE_URL.")
        }
        var prepares = true
        uri = Self.removingOwn(text) { if $0 == "off" { prepares = false } }
        preparesStatements = prepares
        var parts: [String: String] = [:]
        // libpq's own words may hold the whole address, with the password.
        guard let options = PQconninfoParse(uri, nil) else {
            throw StoreError(.unreadable, "The database's address in FOOTING_DATABASE_URL cannot be read.")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        let user = parts["user"].map { $0 + "@" } ?? ""
        let port = parts["port"].map { ":" + $0 } ?? ""
        description = "postgresql://\(user)\(parts["host"] ?? "")\(port)/\(parts["dbname"] ?? "")"
    }

    /// The address without our own parameter, whose value goes to `found`.
    private static func removingOwn(_ text: String, _ found: (Substring) -> Void) -> String {
        guard let mark = text.firstIndex(of: "?") else { return text }
        let prefix = "footing_prepared="
        var kept: [Substring] = []
        for part in text[text.index(after: mark)...].split(separator: "&") {
            if part.hasPrefix(prefix) { found(part.dropFirst(prefix.count)) } else { kept.append(part) }
        }
        return text[..<mark] + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }
}
