import NIOCore
package import Wire

/// The request as it will go to the provider.
package struct WireRequest: Sendable {
    var method: String
    /// Percent-encoded path, beginning with `/`, and query.
    private(set) var target: String
    /// Bytes of the path within the target.
    private(set) var pathLength: Int
    var fields: FieldList
    var length: BodyLength
    /// The content as far as it was gathered.
    var body = ByteBuffer()
    var expectsContinue = false
    var upgrade: String?

    init(
        method: String, path: String, query: String?, fields: FieldList = FieldList(), length: BodyLength = .none,
        body: ByteBuffer = ByteBuffer()
    ) {
        self.method = method
        self.fields = fields
        self.length = length
        self.body = body
        pathLength = path.utf8.count
        target = query.map { $0.isEmpty ? path : "\(path)?\($0)" } ?? path
    }

    /// The part of a caller's target that is the provider's.
    package init(_ head: RequestHead, _ parts: CallTarget) {
        method = head.method
        fields = head.fields
        length = head.length
        expectsContinue = head.expectsContinue
        upgrade = head.upgrade
        let start = head.target.utf8.index(head.target.utf8.startIndex, offsetBy: parts.path.lowerBound)
        pathLength = parts.path.count
        target = String(head.target[start...])
        if parts.path.isEmpty {
            target = "/" + target
            pathLength = 1
        }
    }

    var pathRange: Range<Int> { 0..<pathLength }
    var path: String { String(target.utf8.prefix(pathLength)) ?? target }

    /// Raw, without `?`.
    var query: String? {
        guard target.utf8.count > pathLength else { return nil }
        return String(target.utf8.dropFirst(pathLength + 1))
    }

    mutating func setQuery(_ query: String?) {
        let path = path
        target = query.map { $0.isEmpty ? path : "\(path)?\($0)" } ?? path
    }
}
