package import Contracts
package import Store

/// How one call departed from what was agreed with its provider.
package struct DriftReport {
    package let provider: String
    package let operation: String
    package let call: String
    package let at: Timestamp
    /// Nothing that is to be ignored.
    package let findings: [(finding: DriftFinding, action: DriftAction)]
    /// What was sent or answered, with secrets and personal data kept back; nil when it is too large or no JSON. Asked for
    /// before the report is let go, and not for every call.
    package let payload: (DriftFinding.Side) -> JSONValue?

    package init(
        provider: String, operation: String, call: String, at: Timestamp,
        findings: [(finding: DriftFinding, action: DriftAction)], payload: @escaping (DriftFinding.Side) -> JSONValue?
    ) {
        self.provider = provider
        self.operation = operation
        self.call = call
        self.at = at
        self.findings = findings
        self.payload = payload
    }
}
