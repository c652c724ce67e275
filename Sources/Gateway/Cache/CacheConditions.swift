import Store
import Wire

/// Whether a caller has an answer already (RFC 9110, 13.1).
enum CacheConditions {
    /// - Parameters:
    ///   - request: fields of the request; `If-None-Match` goes before `If-Modified-Since`.
    ///   - answer: fields of the answer it would get.
    static func isNotModified(_ request: FieldList, _ answer: FieldList) -> Bool {
        if request.contains(.ifNoneMatch) {
            let etag = answer[.etag].map { opaque($0[...]) }
            return request.values(.ifNoneMatch).contains { list in
                if list == "*" { return true }
                guard let etag else { return false }
                return tags(list).contains { opaque($0) == etag }
            }
        }
        guard let since = request[.ifModifiedSince].flatMap({ HTTPDate.parse($0) }),
            let modified = answer[.lastModified].flatMap({ HTTPDate.parse($0) })
        else { return false }
        return modified <= since
    }

    /// The part that weak comparison looks at.
    static func opaque(_ tag: Substring) -> Substring {
        tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    }

    /// The tags of a list; a comma inside quotes belongs to its tag.
    private static func tags(_ list: String) -> [Substring] {
        var isQuoted = false
        return list.split { character in
            if character == "\"" { isQuoted.toggle() }
            return character == "," && !isQuoted
        }.map(\.withoutSpace)
    }
}
