/// How requests to an AWS service, or to one that speaks like it, are signed: Signature Version 4.
public struct AWSAuth: Hashable, Sendable {
    /// The service's name in signatures, such as `s3`, `dynamodb` or `execute-api`.
    public let service: String
    /// Such as `eu-central-1`.
    public let region: String
    /// The secret that holds the access key's id.
    public let accessKey: SecretName
    /// The secret that holds the key itself.
    public let secretKey: SecretName
    /// The secret that holds the session token of temporary keys.
    public let sessionToken: SecretName?

    public init(
        service: String, region: String, accessKey: SecretName, secretKey: SecretName, sessionToken: SecretName? = nil
    ) {
        self.service = service
        self.region = region
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.sessionToken = sessionToken
    }
}
