/// A file an import writes.
package struct FileChange: Sendable, Hashable {
    /// Below the footing folder.
    package let path: String
    /// What was there; nil for a new file.
    package let old: [UInt8]?
    package let new: [UInt8]

    package init(path: String, old: [UInt8]?, new: [UInt8]) {
        self.path = path
        self.old = old
        self.new = new
    }
}
