import NIOHPACK
import Wire

/// Reads a request's head from HTTP/2 fields, strictly (RFC 9113, 8.2 and 8.3).
enum HTTP2RequestHead {
    /// - Parameter endsStream: no content follows.
    static func read(_ fields: HPACKHeaders, endsStream: Bool, limits: WireLimits) throws(WireError) -> RequestHead {
        var reading = Reading(limits: limits)
        for (name, value, _) in fields { try reading.take(name, value) }
        return try reading.head(endsStream: endsStream)
    }

    /// Trailer fields; those that frame or route are refused.
    static func trailers(_ fields: HPACKHeaders, limits: WireLimits) throws(WireError) -> FieldList? {
        var reading = Reading(limits: limits)
        reading.pseudoAreOver = true
        for (name, value, _) in fields {
            guard name != "content-length", name != "te", name != "host" else {
                throw WireError("a trailer holds a field that frames or routes a message")
            }
            try reading.take(name, value)
        }
        return reading.fields.isEmpty ? nil : reading.fields
    }

    private struct Reading {
        let limits: WireLimits
        var fields = FieldList()
        var pseudoAreOver = false
        private var count = 0
        private var method: String?
        private var scheme: String?
        private var path: String?
        private var authority: String?
        private var host: String?
        private var length: Int?
        private var cookies: [String] = []
        private var expectsContinue = false

        init(limits: WireLimits) {
            self.limits = limits
        }

        mutating func take(_ name: String, _ value: String) throws(WireError) {
            count += 1
            guard count <= limits.fields else { throw WireError(431, "there are more than \(limits.fields) fields") }
            guard !name.hasPrefix(":") else { return try takePseudo(name, value) }
            pseudoAreOver = true
            switch name {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade":
                throw WireError("there is a field of a connection, which HTTP/2 does not have")
            case "te":
                guard value == "trailers" else { throw WireError("the TE field is not \"trailers\"") }
            case "content-length":
                guard length == nil, let number = Self.number(value) else {
                    throw WireError("Content-Length is not one number")
                }
                length = number
            case "host":
                guard host == nil else { throw WireError("there is more than one Host field") }
                host = value
            case "expect":
                guard value.lowercased() == "100-continue" else { throw WireError(417, "the expectation is unknown") }
                expectsContinue = true
            case "cookie":
                cookies.append(value)
            case "trailer", "proxy-authorization", "proxy-authenticate", "http2-settings":
                break
            default:
                guard let field = FieldName(name), field.text == field.lowercased else {
                    throw WireError("a field's name is not a token in small letters")
                }
                try add(field, value)
            }
        }

        private mutating func add(_ name: FieldName, _ value: String) throws(WireError) {
            let edges = [value.utf8.first, value.utf8.last]
            guard !edges.contains(0x20), !edges.contains(0x09), fields.append(name, value) else {
                throw WireError("a field's value holds a control character or is padded with spaces")
            }
        }

        private mutating func takePseudo(_ name: String, _ value: String) throws(WireError) {
            guard !pseudoAreOver else { throw WireError("a pseudo field stands behind a field") }
            let isNew: Bool
            switch name {
            case ":method": (isNew, method) = (method == nil, value)
            case ":scheme": (isNew, scheme) = (scheme == nil, value)
            case ":path": (isNew, path) = (path == nil, value)
            case ":authority": (isNew, authority) = (authority == nil, value)
            default: throw WireError("there is an unknown pseudo field")
            }
            guard isNew else { throw WireError("there is a pseudo field twice") }
        }

        mutating func head(endsStream: Bool) throws(WireError) -> RequestHead {
            guard let method, let path, let scheme else { throw WireError("a pseudo field is missing") }
            guard scheme == "http" || scheme == "https" else { throw WireError("the scheme is unknown") }
            guard (1...24).contains(method.utf8.count), method != "CONNECT",
                method.utf8.allSatisfy({ $0 &- 0x41 < 26 || $0 == 0x2D })
            else { throw WireError("the method is not one in capitals") }
            guard path.utf8.count <= limits.target else {
                throw WireError(414, "the target is longer than \(limits.target) bytes")
            }
            guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }),
                path.hasPrefix("/") || (path == "*" && method == "OPTIONS")
            else { throw WireError("the target is not a path on this server") }
            if let authority, let host, authority != host { throw WireError("Host and :authority differ") }
            guard let authority = authority ?? host, Self.isHost(authority) else {
                throw WireError("the authority is missing or not a host")
            }
            if !cookies.isEmpty { try add(.cookie, cookies.joined(separator: "; ")) }
            if endsStream, let length, length > 0 { throw WireError("the content is shorter than announced") }
            let body: BodyLength =
                endsStream || length == 0 ? .none : length.map { .exactly($0) } ?? .streamed
            return RequestHead(
                version: .http2, method: method, target: path, authority: authority, fields: fields, length: body,
                expectsContinue: expectsContinue && !endsStream)
        }

        private static func number(_ text: String) -> Int? {
            guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
            return Int(text)
        }

        private static func isHost(_ text: String) -> Bool {
            (1...255).contains(text.utf8.count)
                && text.utf8.allSatisfy { byte in
                    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
                        || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F].contains(byte)
                }
        }
    }
}
