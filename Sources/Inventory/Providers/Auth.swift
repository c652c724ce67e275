/// How Footing shows a provider who it is; it knows the secrets' names, never their values.
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
    /// Every request is signed.
    case aws(AWSAuth)

    /// The secrets that must have a value before a call can be made.
    public var secrets: [SecretName] {
        switch self {
        case .none: []
        case .bearer(let secret), .header(_, let secret), .query(_, let secret), .basic(let secret): [secret]
        case .aws(let aws): [aws.accessKey, aws.secretKey] + (aws.sessionToken.map { [$0] } ?? [])
        }
    }

    /// The secret that shows who Footing is; of several, the one to be kept closest.
    public var secret: SecretName? {
        if case .aws(let aws) = self { aws.secretKey } else { secrets.first }
    }

    /// The word for this way in answers and pages: `none`, `bearer`, `header`, `query`, `basic` or `aws`.
    public var kind: String {
        switch self {
        case .none: "none"
        case .bearer: "bearer"
        case .header: "header"
        case .query: "query"
        case .basic: "basic"
        case .aws: "aws"
        }
    }
}
