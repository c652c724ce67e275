package import Contracts
package import NIOCore
package import Wire

/// A whole answer for a caller inside the process: checked, mapped, free of connection fields.
package struct CallAnswer: Sendable {
    package var status: Int
    package var fields: FieldList
    package var body: ByteBuffer
    /// The body as JSON where it is JSON.
    package var json: JSONValue?

    package init(status: Int, fields: FieldList, body: ByteBuffer, json: JSONValue?) {
        self.status = status
        self.fields = fields
        self.body = body
        self.json = json
    }
}
