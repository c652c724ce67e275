import HTTPTypes
import Hummingbird
import NIOCore
import Wire

/// Heads in the router's own types and back.
enum ControlRequest {
    /// nil: the method or a field is not one that the router's types can hold.
    static func make(_ head: RequestHead, isSecure: Bool, _ exchange: ControlExchange) -> Request? {
        guard let method = HTTPRequest.Method(head.method) else { return nil }
        var fields = HTTPFields(head.fields)
        if case .exactly(let count) = head.length { fields[.contentLength] = String(count) }
        let request = HTTPRequest(
            method: method, scheme: isSecure ? "https" : "http", authority: head.authority, path: head.target,
            headerFields: fields)
        let body: RequestBody =
            head.length == .none
            ? RequestBody(buffer: ByteBuffer()) : RequestBody(asyncSequence: ControlContent(exchange: exchange))
        return Request(head: request, body: body)
    }

    static func head(of response: Response) -> ResponseHead {
        let status = response.status.code
        let announced = response.headers[.contentLength].flatMap { Int($0) }
        let length: BodyLength =
            status == 204 || status == 304
            ? .none : (announced ?? response.body.contentLength).map { .exactly($0) } ?? .streamed
        return ResponseHead(status: status, fields: fields(response.headers), length: length)
    }

    static func fields(_ fields: HTTPFields) -> FieldList {
        var list = FieldList()
        for field in fields where !ofConnection.contains(field.name) {
            if let name = FieldName(field.name.rawName) { list.append(name, field.value) }
        }
        return list
    }

    private static let ofConnection: Set<HTTPField.Name> = [.connection, .contentLength, .transferEncoding, .upgrade]
}

extension HTTPFields {
    /// Field by field, in order.
    init(_ list: FieldList) {
        self.init()
        list.forEach { name, value in
            if let name = HTTPField.Name(name) { append(HTTPField(name: name, value: value)) }
        }
    }
}
