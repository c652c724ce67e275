/// How Footing shows a provider who it is; it knows the secret's name, never its value.
public enum Auth: Hashable, Sendable {
    case none
    /// `Authorization: Bearer VALUE`.
    case bearer(SecretName)
    /// A header of this name that holds the value.
    case header(name: String, secret: SecretName)
    /// A query parameter of this name that holds the value.
    case query(name: String, secret: SecretName)
    /// `Authorization: Basic`; the secret's value is `user:password`.
    case basic(SecretName)

    /// The secret that must have a value before a call can be made.
    public var secret: SecretName? {
        switch self {
        case .none: nil
        case .bearer(let secret), .header(_, let secret), .query(_, let secret), .basic(let secret): secret
        }
    }

    /// The word for this way in answers and pages: `none`, `bearer`, `header`, `query` or `basic`.
    public var kind: String {
        switch self {
        case .none: "none"
        case .bearer: "bearer"
        case .header: "header"
        case .query: "query"
        case .basic: "basic"
        }
    }
}
