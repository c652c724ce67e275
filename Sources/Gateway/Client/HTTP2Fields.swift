import Inventory
import NIOCore
import NIOHPACK
import Wire

/// Names that belong to one connection of HTTP/1 and have no place in HTTP/2 (RFC 9113, 8.2.2), or are written by us.
private let connectionNames: Set<String> = [
    "connection", "content-length", "host", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade",
]

extension HPACKHeaders {
    /// A request's head.
    init(_ request: ClientRequest, endpoint: Endpoint) {
        let head = request.head
        self.init()
        add(name: ":method", value: head.method)
        add(name: ":scheme", value: endpoint.url.scheme.rawValue)
        add(name: ":authority", value: endpoint.authority)
        add(name: ":path", value: endpoint.url.basePath + head.target)
        add(head.fields)
        switch request.content {
        case .whole(let content):
            if content.readableBytes > 0 || head.length != .none {
                add(name: "content-length", value: String(content.readableBytes))
            }
        case .streamed:
            if let length = head.length.known { add(name: "content-length", value: String(length)) }
        }
        if head.expectsContinue { add(name: "expect", value: "100-continue") }
    }

    /// Trailer fields.
    init(_ trailers: FieldList) {
        self.init()
        add(trailers)
    }

    private mutating func add(_ fields: FieldList) {
        fields.forEach { name, value in
            let name = name.lowercased()
            guard !connectionNames.contains(name), name != "te" || value == "trailers" else { return }
            add(name: name, value: value)
        }
    }
}

extension FieldList {
    /// What came, without pseudo fields and without what frames the message.
    init(_ headers: HPACKHeaders, limits: WireLimits) throws(WireError) {
        self.init()
        for (name, value, _) in headers where !name.hasPrefix(":") {
            guard !connectionNames.contains(name) else { continue }
            guard let name = FieldName(name), append(name, value) else {
                throw WireError(502, "a field is not legal")
            }
            guard count <= limits.fields else { throw WireError(502, "there are too many fields") }
        }
    }
}

extension ResponseHead {
    /// - Parameter isWhole: nothing follows the head.
    init(_ headers: HPACKHeaders, isWhole: Bool, limits: WireLimits) throws(WireError) {
        guard let text = headers.first(name: ":status"), text.utf8.count == 3, let status = Int(text),
            (100...599).contains(status), status != 101
        else { throw WireError(502, "the answer has no status") }
        let announced = headers.first(name: "content-length").flatMap { Int($0) }
        self.init(
            status: status, fields: try FieldList(headers, limits: limits),
            length: announced.map { .exactly($0) } ?? (isWhole ? .none : .streamed))
    }
}
