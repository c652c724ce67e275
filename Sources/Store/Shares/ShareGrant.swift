/// What a node may use of a limit; it may be more than it wanted, where nobody else wants it.
package struct ShareGrant: Sendable, Hashable {
    package let part: Int
    /// Until when others used the limit: this very moment where they still do; nil where nobody ever has.
    package let usedUntil: Timestamp?

    package init(part: Int, usedUntil: Timestamp?) {
        self.part = part
        self.usedUntil = usedUntil
    }
}
