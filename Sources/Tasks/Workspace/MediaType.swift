import Contracts

/// Media types, by the ending of a file's name, and by the content where the name says nothing.
package enum MediaType {
    private static let known: [String: String] = [
        "pdf": "application/pdf", "csv": "text/csv; charset=utf-8", "json": "application/json",
        "html": "text/html; charset=utf-8", "svg": "image/svg+xml", "txt": plainText,
        "md": "text/markdown; charset=utf-8", "xml": "application/xml", "png": "image/png", "jpg": "image/jpeg",
        "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "zip": "application/zip",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "tsv": "text/tab-separated-values; charset=utf-8",
    ]
    private static let unknown = "application/octet-stream"
    private static let plainText = "text/plain; charset=utf-8"
    /// How contents of some types begin.
    private static let beginnings: [(bytes: [UInt8], type: String)] = [
        (Array("%PDF-".utf8), "application/pdf"), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"), (Array("GIF87a".utf8), "image/gif"), (Array("GIF89a".utf8), "image/gif"),
        ([0x50, 0x4B, 0x03, 0x04], "application/zip"), ([0x1F, 0x8B, 0x08], "application/gzip"),
    ]
    /// Larger texts are not read to see whether they are JSON.
    private static let longestJSON = 1 << 20

    /// `application/octet-stream` for an ending that is not known.
    package static func of(_ name: String) -> String {
        known[ending(name)] ?? unknown
    }

    /// The type that the name says, else the one the content looks like. Nothing is taken for HTML or anything else that
    /// could run script because of how it looks.
    static func of(_ name: String, content: [UInt8]) -> String {
        if let type = known[ending(name)] { return type }
        if let type = beginnings.first(where: { content.starts(with: $0.bytes) })?.type { return type }
        if content.starts(with: Array("RIFF".utf8)), content.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            return "image/webp"
        }
        guard !content.isEmpty, isText(content) else { return unknown }
        guard content.count <= longestJSON, let first = content.first(where: { $0 > 0x20 }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "["), (try? JSONValue.parse(content)) != nil
        else { return plainText }
        return "application/json"
    }

    /// The part after the last dot in lower case; empty if there is none.
    static func ending(_ name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// Whether a text can stand in a field of an answer.
    static func isPlain(_ type: String) -> Bool {
        !type.isEmpty && type.utf8.count <= 128 && type.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// UTF-8 without control characters other than tabs and ends of lines.
    private static func isText(_ content: [UInt8]) -> Bool {
        content.allSatisfy { $0 >= 0x20 && $0 != 0x7F || (0x09...0x0D).contains($0) }
            && String(validating: content, as: UTF8.self) != nil
    }
}
