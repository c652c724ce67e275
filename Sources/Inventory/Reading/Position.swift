/// A place in a text, counted from 1.
package struct Position: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package static let start = Position(line: 1, column: 1)
}
