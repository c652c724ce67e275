/// Why an answer is not kept.
package enum CacheRefusal: String, Sendable {
    case status
    case noStore = "no-store"
    case isPrivate = "private"
    case cookie = "set-cookie"
    case vary
    case size
    /// It may be used neither now nor later, nor checked for changes.
    case useless = "no-reuse"
    /// A fault was played, or the answer cannot be used.
    case unusable
}
