import NIOCore
import Store
import Wire

extension Fault {
    init(_ rule: FaultRule) {
        id = rule.id
        delay = rule.delay
        let wait = rule.delay > .zero ? " after \(rule.delay.wholeMilliseconds) ms" : ""
        switch rule.kind {
        case .delay:
            effect = .goOn
            words = "injected fault \(rule.id): \(rule.delay.wholeMilliseconds) ms of delay"
        case .status(let status):
            let body = Self.body(status, rule.id)
            effect = .answer(Self.head(status, rule.id, length: body.readableBytes), body)
            words = "injected fault \(rule.id): \(status)\(wait)"
        case .drop:
            effect = .close
            words = "injected fault \(rule.id): connection dropped\(wait)"
        case .truncated:
            let body = Self.body(200, rule.id)
            let half = body.getSlice(at: body.readerIndex, length: body.readableBytes / 2) ?? ByteBuffer()
            effect = .cut(Self.head(200, rule.id, length: body.readableBytes), half)
            words = "injected fault \(rule.id): answer cut off\(wait)"
        case .garbage:
            effect = .answer(Self.head(200, rule.id, length: Self.garbage.readableBytes), Self.garbage)
            words = "injected fault \(rule.id): garbage\(wait)"
        }
    }

    private static func head(_ status: Int, _ id: String, length: Int) -> ResponseHead {
        var fields: FieldList = [.contentType: "application/json", .cacheControl: "no-store"]
        if let name = FieldName(field) { fields.append(name, id) }
        return ResponseHead(status: status, fields: fields, length: .exactly(length))
    }

    /// Says what it is, for whoever finds it in the ledger.
    private static func body(_ status: Int, _ id: String) -> ByteBuffer {
        guard ResponseHead.hasContent(status: status, method: "GET") else { return ByteBuffer() }
        return ByteBuffer(string: #"{"error":{"code":"injected_fault","fault":"\#(id)"}}"#)
    }

    /// Begins like JSON, is none, and is not even text.
    private static let garbage = ByteBuffer(bytes: Array(#"{"data": [1, 2"#.utf8) + [0x00, 0xFF, 0xFE, 0xC3, 0x28])
}
