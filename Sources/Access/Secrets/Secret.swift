/// A secret's value in memory: nothing that prints, logs or inspects it shows it.
package struct Secret: Sendable, Hashable {
    package let name: String
    private let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// The value itself, for the one place that sends it to its provider.
    package func reveal() -> String { value }

    /// The value for as long as `body` runs.
    package func withValue<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        try body(value)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "[secret \(name)]" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
