package import Contracts

/// Makes the calls of a contract test: inside this process, or over a running server.
package protocol ProofCalls: Sendable {
    /// Makes one call with this input. Throws only when no call could be made at all.
    ///
    /// - Parameter key: the idempotency key of a write.
    func call(
        provider: String, operation: String, input: JSONValue, key: String?
    ) async throws -> ProofAnswer
}

/// What came of one call of a contract test.
package struct ProofAnswer: Sendable {
    /// What the caller got.
    package var status: Int
    /// The provider's, where it is known.
    package var contentType: String?
    /// Why the call failed.
    package var problem: JSONValue?
    /// What the log says beside.
    package var log: String?
    /// In what the provider's payload departs from the contract.
    package var findings: [DriftFinding]

    package init(
        status: Int, contentType: String? = nil, problem: JSONValue? = nil, log: String? = nil,
        findings: [DriftFinding] = []
    ) {
        self.status = status
        self.contentType = contentType
        self.problem = problem
        self.log = log
        self.findings = findings
    }
}
