/// How a case of a proof came out, and what all cases together say of their subject.
public enum ProofVerdict: String, Sendable, Hashable, CaseIterable {
    /// Something was asked and the answer was as agreed.
    case passed
    /// The answer broke what was agreed.
    case failed
    /// There is nothing to judge by: never to be shown as a success.
    case unproven
    /// Left out on purpose; the words say why.
    case skipped

    /// What several verdicts say together: a failure outweighs everything, and what is unproven is not passed.
    /// Nothing at all is unproven.
    public static func all(_ verdicts: some Sequence<ProofVerdict>) -> ProofVerdict {
        let seen = Set(verdicts)
        return [.failed, .unproven, .passed, .skipped].first(where: seen.contains) ?? .unproven
    }
}
