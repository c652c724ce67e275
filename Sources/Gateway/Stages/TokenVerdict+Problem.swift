package import Access
package import Store

extension TokenVerdict {
    /// The caller; throws the 401 problem where the token is not accepted.
    package func caller() throws(Problem) -> Caller {
        switch self {
        case .accepted(let caller):
            return caller
        case .refused(let refusal):
            let isOld = refusal == .expired || refusal == .revoked
            throw Problem(
                isOld ? "token_\(refusal.rawValue)" : "token_invalid", source: .caller, status: 401,
                title: refusal.reason,
                detail: isOld ? "Your session has ended." : "You are not signed in.")
        }
    }
}
