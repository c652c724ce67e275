/// How much memory kept answers may take.
package struct CacheBounds: Sendable, Equatable {
    package var bytes: Int
    package var entries: Int
    /// The largest body that is kept.
    package var body: Int

    package init(bytes: Int = 64 << 20, entries: Int = 10_000, body: Int = 1 << 20) {
        self.bytes = bytes
        self.entries = entries
        self.body = body
    }
}
