/// How many seconds a caller may keep a connection waiting.
package struct Patience: Sendable {
    /// For a request to begin.
    package var idle: UInt32 = 75
    /// For a head to be whole, from its first byte.
    package var head: UInt32 = 10
    /// For the next piece of a request's content.
    package var content: UInt32 = 30
    /// For answer bytes to be read.
    package var reader: UInt32 = 60
    /// For the caller to close after a last answer.
    package var lingering: UInt32 = 5

    package init() {}
}
