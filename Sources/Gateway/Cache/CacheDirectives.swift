package import Wire

/// What a `Cache-Control` field says (RFC 9111, 5.2), of a request or of an answer.
///
/// Text that cannot be read to its end counts as `no-store`: what was meant by it is unknown.
package struct CacheDirectives: Sendable, Equatable {
    package private(set) var noStore = false
    /// Also the form that names fields, which may be treated as the one that names none.
    package private(set) var noCache = false
    package private(set) var isPrivate = false
    /// `must-revalidate` or `proxy-revalidate`.
    package private(set) var mustRevalidate = false
    package private(set) var onlyIfCached = false
    package private(set) var maxAge = DeltaSeconds.absent
    package private(set) var sharedMaxAge = DeltaSeconds.absent
    package private(set) var minFresh = DeltaSeconds.absent
    package private(set) var staleIfError = DeltaSeconds.absent
    package private(set) var staleWhileRevalidate = DeltaSeconds.absent

    package init() {}

    /// - Parameter fields: all `Cache-Control` lines count as one list.
    package init(_ fields: FieldList) {
        for line in fields.values(.cacheControl) { read(line) }
    }

    private mutating func read(_ line: String) {
        var scanner = DirectiveScanner(line)
        while let directive = scanner.next() { take(directive) }
        if scanner.isBroken { noStore = true }
    }

    private mutating func take(_ directive: DirectiveScanner.Directive) {
        switch directive.name {
        case "no-store": noStore = true
        case "no-cache": noCache = true
        case "private": isPrivate = true
        case "must-revalidate", "proxy-revalidate": mustRevalidate = true
        case "only-if-cached": onlyIfCached = true
        case "max-age": maxAge.take(directive.argument)
        case "s-maxage": sharedMaxAge.take(directive.argument)
        case "min-fresh": minFresh.take(directive.argument)
        case "stale-if-error": staleIfError.take(directive.argument)
        case "stale-while-revalidate": staleWhileRevalidate.take(directive.argument)
        default: break
        }
    }
}
