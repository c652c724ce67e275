/// The formats that are checked; any other name says nothing.
enum SchemaFormat: UInt8, Sendable, CaseIterable {
    case dateTime, date, time, duration, email, idnEmail, hostname, idnHostname, ipv4, ipv6, uri, uriReference, iri
    case iriReference, uriTemplate, uuid, jsonPointer, relativeJSONPointer, regex
    /// Host names of drafts that do not know internationalised ones.
    case olderHostname
    /// Of OpenAPI.
    case int32, int64, byte
    /// What `contentEncoding` and `contentMediaType` say.
    case base64, json, base64JSON

    private static let names: [SchemaFormat: String] = [
        .dateTime: "date-time", .date: "date", .time: "time", .duration: "duration", .email: "email",
        .idnEmail: "idn-email", .hostname: "hostname", .idnHostname: "idn-hostname", .ipv4: "ipv4", .ipv6: "ipv6",
        .uri: "uri", .uriReference: "uri-reference", .iri: "iri", .iriReference: "iri-reference",
        .uriTemplate: "uri-template", .uuid: "uuid", .jsonPointer: "json-pointer",
        .relativeJSONPointer: "relative-json-pointer", .regex: "regex",
    ]
    private static let openAPINames: [SchemaFormat: String] = [.int32: "int32", .int64: "int64", .byte: "byte"]

    private static let byName = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })
    private static let byOpenAPIName = Dictionary(uniqueKeysWithValues: openAPINames.map { ($1, $0) })

    /// Nil for formats that are not checked.
    init?(name: String, draft: SchemaDraft) {
        let isOpenAPI = draft == .openAPI30 || draft == .openAPI31
        guard let format = SchemaFormat.byName[name] ?? (isOpenAPI ? SchemaFormat.byOpenAPIName[name] : nil) else {
            return nil
        }
        let isOlder = draft == .draft4 || draft == .draft6
        self = isOlder && format == .hostname ? .olderHostname : format
    }

    var name: String {
        switch self {
        case .olderHostname: "hostname"
        case .base64, .byte: "base64 text"
        case .json, .base64JSON: "JSON text"
        default: SchemaFormat.names[self] ?? SchemaFormat.openAPINames[self] ?? ""
        }
    }

    /// The kinds of values it says something about.
    var kinds: SchemaKinds {
        self == .int32 || self == .int64 ? .number : .string
    }

    /// `format` is a raw value.
    @inline(never)
    static func accepts(_ format: UInt32, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let format = SchemaFormat(rawValue: UInt8(truncatingIfNeeded: format)) else { return true }
        switch format {
        case .dateTime: return FormatTime.isDateTime(bytes)
        case .date: return FormatTime.isDate(bytes)
        case .time: return FormatTime.isTime(bytes)
        case .duration: return FormatTime.isDuration(bytes)
        case .email: return FormatAddress.isEmail(bytes, allowsUnicode: false)
        case .idnEmail: return FormatAddress.isEmail(bytes, allowsUnicode: true)
        case .hostname: return FormatHostname.isHostname(bytes)
        case .olderHostname: return FormatHostname.isHostname(bytes, isOlder: true)
        case .idnHostname: return FormatHostname.isInternational(bytes)
        case .ipv4: return FormatAddress.isIPv4(bytes)
        case .ipv6: return FormatAddress.isIPv6(bytes)
        case .uri: return FormatURI.isURI(bytes, allowsUnicode: false)
        case .uriReference: return FormatURI.isReference(bytes, allowsUnicode: false)
        case .iri: return FormatURI.isURI(bytes, allowsUnicode: true)
        case .iriReference: return FormatURI.isReference(bytes, allowsUnicode: true)
        case .uriTemplate: return FormatTemplate.isTemplate(bytes)
        case .uuid: return FormatText.isUUID(bytes)
        case .jsonPointer: return FormatText.isPointer(bytes)
        case .relativeJSONPointer: return FormatText.isRelativePointer(bytes)
        case .regex: return RegularExpression.isWellFormed(String(decoding: bytes, as: UTF8.self))
        case .int32: return FormatText.isInteger(bytes, Int(Int32.min)...Int(Int32.max))
        case .int64: return FormatText.isInteger(bytes, Int.min...Int.max)
        case .byte, .base64: return FormatText.isBase64(bytes)
        case .json: return (try? JSONDocument.parse(Array(bytes))) != nil
        case .base64JSON: return FormatText.decoded(bytes).map { (try? JSONDocument.parse($0)) != nil } ?? false
        }
    }
}
