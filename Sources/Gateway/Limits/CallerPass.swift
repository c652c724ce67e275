/// What a call under way holds of its caller's limits; given back with `CallerLimits.leave`.
package struct CallerPass: Sendable, Equatable {
    /// Places in the tables, -1 where the call is not limited.
    var token = -1
    var tenant = -1
    var address = -1
    /// What the caller may still ask, by the limit of which the smallest share is left; nil where none applies.
    package internal(set) var numbers: RateLimitNumbers?
}
