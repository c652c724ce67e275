/// Where a reference in one file of a folder leads, without a look at the disk.
package enum RelativePath: Hashable, Sendable {
    /// A file by its path below the folder.
    case inside(String)
    /// Somewhere outside of the folder.
    case outside
    /// No path: an address with a scheme, or a text that cannot be decoded.
    case foreign

    /// - Parameters:
    ///   - reference: percent-encoded, without fragment; with a slash at its beginning it starts at the folder.
    ///   - file: where the reference stands, by its path below the folder.
    package init(_ reference: some StringProtocol, from file: String) {
        guard !reference.contains(":"), let path = PercentEncoding.decode(reference.utf8), !path.contains("\0") else {
            self = .foreign
            return
        }
        let isSeparator = { (character: Character) in character == "/" || character == "\\" }
        var parts = path.first.map(isSeparator) == true ? [] : file.split(separator: "/").dropLast().map { String($0) }
        for part in path.split(whereSeparator: isSeparator) where part != "." {
            guard part == ".." else {
                parts.append(String(part))
                continue
            }
            guard parts.popLast() != nil else {
                self = .outside
                return
            }
        }
        self = .inside(parts.joined(separator: "/"))
    }
}
