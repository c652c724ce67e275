/// Who shares a kept answer.
public enum CacheScope: String, CaseIterable, Sendable {
    /// The callers of one tenant.
    case tenant
    /// All callers: for answers that are the same whoever asks.
    case everyone
}
