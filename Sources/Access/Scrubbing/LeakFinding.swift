/// What was found in a payload on its way out.
package struct LeakFinding: Sendable, Equatable {
    /// Where secrets stand, in order.
    package let ranges: [Range<Int>]
    /// Their names.
    package let secrets: Set<String>
    /// From here on the payload may be the beginning of a secret, as far as it is known; its length if it cannot be.
    package let open: Int
}
