extension Provider {
    /// The secrets that must have a value before a call can be made in an environment.
    public func secrets(in environment: EnvironmentName) -> [SecretName] {
        guard let client = environments[environment]?.tls.client else { return auth.secrets }
        return auth.secrets + [client.certificate, client.key]
    }
}
