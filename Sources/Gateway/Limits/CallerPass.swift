/// What a call under way holds of its caller's limits; given back with `CallerLimits.leave`.
package struct CallerPass: Sendable, Equatable {
    /// Places in the tables, -1 where the call is not limited.
    var token = -1
    var tenant = -1
    var address = -1
}
