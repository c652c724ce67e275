/// An error that comes by count: each `every`th request, counted from the start, at position `at`.
///
/// Counting instead of chance makes the vendor's moods the same for everybody: a run that makes at least
/// `every` requests meets the error, whether it is the first run or the tenth.
struct Hiccup: Sendable {
    enum Kind: Sendable {
        /// 503 with the vendor's internals in the body.
        case unavailable
        /// 429 although the caller kept the limit: the quota is shared with others. Seconds to wait.
        case tooMany(wait: Int)
    }

    let kind: Kind
    let every: Int
    let at: Int

    /// - Parameter number: the request's number, from 1, plus the seed.
    func strikes(_ number: Int) -> Bool { number % every == at }
}
