/// A path with named holes, such as `/v1/rents/{area}`: it recognises request paths and writes new ones.
public struct PathTemplate: Hashable, Sendable {
    /// What stands between two slashes.
    public enum Segment: Hashable, Sendable {
        /// Text that must be met exactly, percent-decoded.
        case literal(String)
        /// A value of this name, with fixed text before and after it (`{id}.json` has the suffix `.json`).
        case parameter(String, prefix: String, suffix: String)
    }

    public let segments: [Segment]
    /// The template as written.
    public let text: String

    /// Reads a template; throws what is wrong with it, in words.
    public init(_ text: String) throws(PathTemplateError) {
        self.segments = try PathTemplate.parse(text)
        self.text = text
    }

    /// The parameters' names, in order.
    public var parameters: [String] {
        segments.compactMap {
            guard case .parameter(let name, _, _) = $0 else { return nil }
            return name
        }
    }

    /// The percent-decoded parameter values of a request path, or nil when the path is not of this form.
    ///
    /// A path that holds a `.` or `..` component (also when it is encoded), a broken percent escape, text that is not
    /// UTF-8, or a control character is never matched; neither is an empty parameter.
    ///
    /// - Parameter path: percent-encoded, without query.
    public func match(_ path: String) -> [String: String]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        let parts = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (part, segment) in zip(parts, segments) {
            guard let decoded = PercentEncoding.decode(part), PathTemplate.isSafe(decoded) else { return nil }
            switch segment {
            case .literal(let text):
                guard decoded == text else { return nil }
            case .parameter(let name, let prefix, let suffix):
                guard decoded.hasPrefix(prefix), decoded.hasSuffix(suffix),
                    decoded.utf8.count > prefix.utf8.count + suffix.utf8.count
                else { return nil }
                let value = decoded.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
                guard let value = String(value), PathTemplate.isSafe(value) else { return nil }
                values[name] = value
            }
        }
        return values
    }

    /// The path for these values, percent-encoded, or nil when one is missing, empty or would leave its place.
    public func expand(_ values: [String: String]) -> String? {
        var path = ""
        for segment in segments {
            path += "/"
            switch segment {
            case .literal(let text):
                path += PercentEncoding.encode(text)
            case .parameter(let name, let prefix, let suffix):
                guard let value = values[name], !value.isEmpty, PathTemplate.isSafe(value) else { return nil }
                path += PercentEncoding.encode(prefix + value + suffix)
            }
        }
        return path
    }

    /// Whether this template says more about a path than another: at the first difference, literal text wins over a
    /// parameter, and a parameter with more fixed text around it over one with less.
    public func isMoreSpecific(than other: PathTemplate) -> Bool {
        for (mine, theirs) in zip(segments, other.segments) where mine.weight != theirs.weight {
            return mine.weight > theirs.weight
        }
        return false
    }

    /// Whether both recognise exactly the same paths, whatever their parameters are called.
    public func hasSameShape(as other: PathTemplate) -> Bool {
        segments.count == other.segments.count
            && zip(segments, other.segments).allSatisfy { mine, theirs in
                switch (mine, theirs) {
                case (.literal(let left), .literal(let right)): left == right
                case (.parameter(_, let left, let leftEnd), .parameter(_, let right, let rightEnd)):
                    left == right && leftEnd == rightEnd
                default: false
                }
            }
    }

    /// Whether text may stand in a path: no control characters, and no `.` or `..` between slashes of either kind,
    /// also not with path parameters behind them (`..;x`), which some servers cut off.
    static func isSafe(_ text: String) -> Bool {
        guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else { return false }
        let parts = text.utf8.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
        return !parts.contains { part in
            let name = part.prefix { $0 != UInt8(ascii: ";") }
            return (1...2).contains(name.count) && name.allSatisfy { $0 == UInt8(ascii: ".") }
        }
    }
}

extension PathTemplate: CustomStringConvertible {
    public var description: String { text }
}

extension PathTemplate.Segment {
    fileprivate var weight: Int {
        switch self {
        case .literal: Int.max
        case .parameter(_, let prefix, let suffix): prefix.utf8.count + suffix.utf8.count
        }
    }
}
