/// What an answer is kept under, before the request fields that the provider's answer depends on.
package struct CacheKey: Sendable, Hashable {
    let place: CachePlace
    /// nil: everybody shares it.
    let tenant: String?
    /// The typed form gets the model, the pass-through the provider's own payload.
    let isTyped: Bool
    /// GET also for HEAD.
    let method: String
    let query: String
    /// The body of a typed call as canonical JSON; empty without one.
    let body: [UInt8]
}
