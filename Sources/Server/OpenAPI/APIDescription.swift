/// The one table of our own HTTP API: every route that the router has stands here, which a test compares.
///
/// What goes through the corridor below `/p/` has the shape of the providers, and is not described here.
enum APIDescription {
    static let operations: [APIOperation] = sessions + tasks + files + calls + providers + control + health

    /// Pages for people: routes without a shape to describe.
    static let pages: Set = [
        "GET /console", "GET /console/**", "GET /console/login", "POST /console/login", "POST /console/logout",
    ]
}
