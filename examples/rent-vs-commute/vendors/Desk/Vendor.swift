import Foundation

/// The part of a vendor that is its own: where the key is, what it refuses and how, and its answers.
///
/// A vendor is a value without state and without a clock; `Desk` keeps the state, `Listener` speaks HTTP.
protocol Vendor: Sendable {
    var name: String { get }
    /// The environment variable with the valid keys, separated by commas.
    var keyVariable: String { get }
    /// Where callers must put their key; for the line printed at the start.
    var keyPlace: String { get }
    var limit: RateLimit { get }
    /// Errors that come by count and not by cause.
    var hiccups: [Hiccup] { get }

    /// The key the caller shows, if there is one in the right place.
    func key(in question: Question) -> String?
    /// The route's name for the statistics, or nil for a path the vendor does not have.
    func route(of question: Question) -> String?
    func unauthorised() -> Reply
    func unknownRoute(_ question: Question) -> Reply
    /// - Parameter wait: seconds until the caller may try again.
    func tooMany(_ question: Question, wait: Int, now: Date) -> Reply
    func unavailable(_ question: Question, number: Int) -> Reply
    /// - Parameter drift: answer in the shape of a careless new release.
    func answer(_ question: Question, drift: Bool, watches: inout WatchBook, now: Date) -> Reply
    /// Header fields that go with every answer, such as what is left of the limit.
    func courtesy(left: Int, reset: Double) -> [(name: String, value: String)]
}

extension Vendor {
    func courtesy(left: Int, reset: Double) -> [(name: String, value: String)] { [] }
}
