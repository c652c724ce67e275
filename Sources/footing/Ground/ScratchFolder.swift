#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A folder of one command's own, for files that end with it.
struct ScratchFolder {
    let path: String

    init() throws {
        let place = Environment.variable("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(place)/footing.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(.failed, "No folder can be made in \(place)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes the folder and everything in it; follows no links.
    func remove() {
        Files.removeFolder(path)
    }
}
