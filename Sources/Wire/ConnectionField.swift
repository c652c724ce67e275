/// The fields that belong to one connection or frame a message: never passed on (RFC 9110, 7.6.1).
enum ConnectionField {
    case connection, contentLength, expect, host, te, trailer, transferEncoding, upgrade
    /// Means nothing to us.
    case other

    /// nil: the field belongs to the message.
    @inline(__always)
    static func of(_ name: UnsafeRawBufferPointer) -> ConnectionField? {
        switch name.count {
        case 2: FieldList.equals(name, "te") ? .te : nil
        case 4: FieldList.equals(name, "host") ? .host : nil
        case 6: FieldList.equals(name, "expect") ? .expect : nil
        case 7: FieldList.equals(name, "upgrade") ? .upgrade : FieldList.equals(name, "trailer") ? .trailer : nil
        case 10:
            FieldList.equals(name, "connection") ? .connection : FieldList.equals(name, "keep-alive") ? .other : nil
        case 14:
            FieldList.equals(name, "content-length")
                ? .contentLength : FieldList.equals(name, "http2-settings") ? .other : nil
        case 16: FieldList.equals(name, "proxy-connection") ? .other : nil
        case 17: FieldList.equals(name, "transfer-encoding") ? .transferEncoding : nil
        case 18: FieldList.equals(name, "proxy-authenticate") ? .other : nil
        case 19: FieldList.equals(name, "proxy-authorization") ? .other : nil
        default: nil
        }
    }
}
