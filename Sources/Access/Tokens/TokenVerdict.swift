/// What a token's text is worth.
package enum TokenVerdict: Sendable, Equatable {
    package enum Refusal: String, Sendable, CaseIterable {
        /// Not the text of a token.
        case malformed
        case unknown
        case expired
        case revoked

        /// What the caller may read.
        package var reason: String {
            switch self {
            case .malformed: "This is not a token: tokens begin with ft_ and are 46 characters long."
            case .unknown: "The token is not known here."
            case .expired: "The token has expired."
            case .revoked: "The token was revoked."
            }
        }
    }

    case accepted(Caller)
    case refused(Refusal)

    package var caller: Caller? {
        if case .accepted(let caller) = self { caller } else { nil }
    }
}
