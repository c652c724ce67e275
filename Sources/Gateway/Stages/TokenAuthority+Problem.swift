package import Access
import Store

extension TokenAuthority {
    /// The caller who shows this token; throws the 401 problem.
    package func caller(presenting text: String) async throws -> Caller {
        switch try await verify(text) {
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
