/// Media types by the ending of a file's name.
package enum MediaType {
    private static let known: [String: String] = [
        "pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json",
        "html": "text/html; charset=utf-8", "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8",
        "md": "text/markdown; charset=utf-8", "xml": "application/xml", "png": "image/png", "jpg": "image/jpeg",
        "jpeg": "image/jpeg", "zip": "application/zip",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]

    /// `application/octet-stream` for an ending that is not known.
    package static func of(_ name: String) -> String {
        known[ending(name)] ?? "application/octet-stream"
    }

    /// The part after the last dot in lower case; empty if there is none.
    static func ending(_ name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}
