/// The part that this node has of the places that an inventory declares.
struct SharedPlaces: Sendable {
    /// nil: not declared, and so not shared.
    var declared: Int?
    /// What the store has given this node; nil before it did.
    private(set) var granted: Int?
    /// The most that were taken or waited for since the last look.
    private var peak = 0
    /// Places that would do for as many as were taken before the last look.
    private(set) var wanted = 0

    @inline(__always)
    mutating func note(_ wanted: Int) {
        if wanted > peak { peak = wanted }
    }

    /// Places that this node may use.
    ///
    /// - Parameter isAlone: nobody else counts, so nothing need be given first.
    func open(isAlone: Bool) -> Int? {
        guard let declared else { return nil }
        return granted.map { min($0, declared) } ?? (isAlone ? declared : 0)
    }

    /// Looks at how many were taken since the last look; what is wanted falls by a quarter from one to the next.
    mutating func look(now: Int) {
        wanted = max(peak, wanted - (wanted + 3) / 4)
        peak = now
    }

    mutating func take(_ part: Int) {
        granted = part
    }
}
