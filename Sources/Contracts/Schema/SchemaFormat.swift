/// The formats that are checked; any other name says nothing.
enum SchemaFormat: String, Sendable {
    case dateTime = "date-time"
    case date, time, duration
    case email
    case idnEmail = "idn-email"
    case hostname
    case ipv4, ipv6
    case uri
    case uriReference = "uri-reference"
    case iri
    case iriReference = "iri-reference"
    case uuid
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case regex

    func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return switch self {
        case .dateTime: FormatTime.isDateTime(bytes)
        case .date: FormatTime.isDate(bytes[...])
        case .time: FormatTime.isTime(bytes[...])
        case .duration: FormatTime.isDuration(bytes)
        case .email: FormatAddress.isEmail(bytes, allowsUnicode: false)
        case .idnEmail: FormatAddress.isEmail(bytes, allowsUnicode: true)
        case .hostname: FormatAddress.isHostname(bytes[...])
        case .ipv4: FormatAddress.isIPv4(bytes[...])
        case .ipv6: FormatAddress.isIPv6(bytes[...])
        case .uri: FormatURI.isURI(text, allowsUnicode: false)
        case .uriReference: FormatURI.isReference(text, allowsUnicode: false)
        case .iri: FormatURI.isURI(text, allowsUnicode: true)
        case .iriReference: FormatURI.isReference(text, allowsUnicode: true)
        case .uuid: FormatText.isUUID(bytes)
        case .jsonPointer: JSONPointer(text) != nil
        case .relativeJSONPointer: FormatText.isRelativePointer(bytes)
        case .regex: (try? RegularExpression(text)) != nil
        }
    }
}
