import NIOHPACK
import Wire

/// Writes answers as HTTP/2 fields.
enum HTTP2Fields {
    /// - Parameter date: for answers that have no `Date`.
    static func of(_ head: ResponseHead, date: String?) -> HPACKHeaders {
        var fields = HPACKHeaders()
        fields.reserveCapacity(head.fields.count + 3)
        fields.add(name: ":status", value: String(head.status))
        add(head.fields, to: &fields)
        if case .exactly(let count) = head.length, head.status >= 200, head.status != 204 {
            fields.add(name: "content-length", value: String(count))
        }
        if let date, !head.fields.contains(.date) { fields.add(name: "date", value: date) }
        return fields
    }

    static func of(_ trailers: FieldList) -> HPACKHeaders {
        var fields = HPACKHeaders()
        add(trailers, to: &fields)
        return fields
    }

    private static func add(_ list: FieldList, to fields: inout HPACKHeaders) {
        list.forEach { name, value in fields.add(name: name.lowercased(), value: value) }
    }
}
