import Imports

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes several files, or none.
///
/// All are written beside their places first; only when every one lies there whole are they moved, and if one cannot be, those
/// already moved get back what they held.
struct FileBatch {
    /// Absolute.
    let folder: String

    func write(_ changes: [FileChange]) throws {
        var drafts: [(draft: String, change: FileChange)] = []
        do {
            for change in changes {
                try Files.makeFolders(of: place(change))
                let draft = place(change) + ".new"
                try Files.write(change.new, to: draft)
                drafts.append((draft, change))
            }
        } catch {
            for (draft, _) in drafts { Files.remove(draft) }
            throw error
        }
        for (number, (draft, change)) in drafts.enumerated() {
            guard rename(draft, place(change)) != 0 else { continue }
            let reason = Files.reason()
            for (draft, _) in drafts[number...] { Files.remove(draft) }
            for (_, done) in drafts[..<number].reversed() { restore(done) }
            throw Failure(
                .failed, "\(change.path) cannot be written, so nothing was", evidence: [reason],
                advice: "make footing/ writable and try again")
        }
    }

    private func restore(_ change: FileChange) {
        if let old = change.old { try? Files.write(old, to: place(change)) } else { Files.remove(place(change)) }
    }

    private func place(_ change: FileChange) -> String { folder + "/" + change.path }
}
