/// So many calls in each span of time, written `10/1s`.
public struct Rate: Hashable, Sendable {
    public let count: Int
    public let per: Duration

    public init(count: Int, per: Duration) {
        self.count = count
        self.per = per
    }
}
