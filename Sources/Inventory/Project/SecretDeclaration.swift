/// The announcement, in `footing.yaml`, that the project needs a secret of some name; the value lives elsewhere.
public struct SecretDeclaration: Hashable, Sendable {
    /// What the secret is and where a person gets it.
    public let about: String?
    /// The line of `footing.yaml`, counted from 1.
    public let line: Int

    public init(about: String? = nil, line: Int = 0) {
        self.about = about
        self.line = line
    }
}
