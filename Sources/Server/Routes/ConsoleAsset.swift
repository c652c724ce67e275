import Inventory
import NIOCore

/// One file of the console as the build has put it into the binary.
struct ConsoleAsset: Sendable {
    let text: StaticString
    /// The text as a gzip stream, in base64; empty where the building machine could not compress.
    let gzip: StaticString
    /// Media type with charset.
    let type: String
    /// What tells this version of the file from others; goes into entity tags.
    let tag: String

    /// The two forms in which the file can be sent.
    enum Form {
        case plain, gzip
    }

    /// Strong entity tag, quoted; each form has its own (RFC 9110, 8.8.3).
    func entityTag(_ form: Form) -> String {
        form == .gzip ? "\"\(tag)-gzip\"" : "\"\(tag)\""
    }

    /// The compressed bytes, decoded; nil if there are none.
    func decodeGzip() -> ByteBuffer? {
        guard gzip.utf8CodeUnitCount > 0 else { return nil }
        return Base64.decode(gzip.description).map { ByteBuffer(bytes: $0) }
    }
}
