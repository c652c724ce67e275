package import Contracts
package import Store

/// A finished file of a task.
package struct Artifact: Sendable, Equatable {
    package let name: String
    /// Bytes.
    package let size: Int
    /// Media type.
    package let type: String
    /// 64 hexadecimal digits.
    package let sha256: String
    package let created: Timestamp

    /// The file as the API shows it.
    package var json: JSONValue {
        [
            "name": .string(name), "size": JSONValue(size), "type": .string(type), "sha256": .string(sha256),
            "created": .string(created.description),
        ]
    }
}
