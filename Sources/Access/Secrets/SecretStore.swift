/// Where secrets live. All methods throw `AccessError`.
package protocol SecretStore: Sendable {
    /// The current value, as any process last set it; `.secretUnknown` when there is none.
    func value(of name: String) async throws -> Secret
    /// `value(of:)` for callers that cannot suspend: a few microseconds unless the secret has just changed.
    func current(_ name: String) throws(AccessError) -> Secret
    /// All secrets by name.
    func list() async throws -> [SecretInfo]
    /// Adds a version and makes it the current one.
    func set(_ name: String, _ value: String) async throws -> SecretChange
    /// Removes all versions; returns false when there was none.
    func remove(_ name: String) async throws -> Bool
    /// Knows every kept value of this moment; the last one known when the store cannot be read.
    func scrubber() async -> SecretScrubber
    /// `scrubber()` for callers that cannot suspend; cheap unless a secret has just changed.
    func currentScrubber() -> SecretScrubber
}

/// What became of a secret that was set.
package struct SecretChange: Sendable, Equatable {
    package let version: Int
    /// The value came with a newline at its end (as from `echo`), which was left out: worth telling the person.
    package let newlineRemoved: Bool

    package init(version: Int, newlineRemoved: Bool) {
        self.version = version
        self.newlineRemoved = newlineRemoved
    }
}
