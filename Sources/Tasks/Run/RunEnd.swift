import Contracts
import Store

/// How the interpretation of a recipe ended, when nothing went wrong.
enum RunEnd: Sendable, Equatable {
    case done(JSONValue)
    /// A wait has begun; the worker is given back.
    case waiting(until: Timestamp)
}
