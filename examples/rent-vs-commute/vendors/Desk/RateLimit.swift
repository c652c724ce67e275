/// How many requests a vendor really takes; what its documentation promises is a little more.
struct RateLimit: Sendable {
    /// Requests a second, in the long run.
    let rate: Double
    /// Requests at once after a rest.
    let burst: Double
}
