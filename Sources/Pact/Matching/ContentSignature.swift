/// What a content is by its first bytes, for rules that ask for a type of content.
enum ContentSignature {
    private static let signatures: [(bytes: [UInt8], type: String)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        (Array("GIF87a".utf8), "image/gif"),
        (Array("GIF89a".utf8), "image/gif"),
        (Array("%PDF-".utf8), "application/pdf"),
        ([0x50, 0x4B, 0x03, 0x04], "application/zip"),
        ([0x1F, 0x8B], "application/gzip"),
        (Array("BM".utf8), "image/bmp"),
        ([0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        ([0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        (Array("OggS".utf8), "application/ogg"),
        (Array("ID3".utf8), "audio/mpeg"),
        (Array("fLaC".utf8), "audio/flac"),
    ]

    static func type(of bytes: [UInt8]) -> String {
        if let known = signatures.first(where: { bytes.starts(with: $0.bytes) }) { return known.type }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.count >= 12 {
            return bytes[8..<12].elementsEqual("WEBP".utf8) ? "image/webp" : "audio/x-wav"
        }
        guard String(validating: bytes, as: UTF8.self) != nil else { return "application/octet-stream" }
        return MediaType.detect(bytes).description
    }

    /// Whether a content of the type seen may be said to be of the type wanted: text of any kind is plain text too, and
    /// bytes of any kind are a stream of octets.
    static func isOne(_ seen: String, of wanted: String) -> Bool {
        guard let wanted = MediaType(wanted), let seen = MediaType(seen) else { return false }
        if wanted.main == seen.main, wanted.sub == seen.sub { return true }
        if wanted.main == "application", wanted.sub == "octet-stream" { return true }
        if wanted.isXML && seen.isXML || wanted.isJSON && seen.isJSON { return true }
        return wanted.main == "text" && seen.isText
    }
}
