/// The name of a secret: what inventory files, logs and answers may show in place of its value.
public struct SecretName: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public init(_ name: String) {
        self.init(rawValue: name)
    }
}

extension SecretName: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }
}

extension SecretName: Comparable {
    public static func < (left: SecretName, right: SecretName) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension SecretName: CustomStringConvertible {
    public var description: String { rawValue }
}
