import Inventory

/// The part that this node has of a rate with a burst: a bucket on a clock of its own.
///
/// That clock runs at the speed of the part. So whoever waits for their turn keeps their place while the part changes, and
/// all nodes together never let more through than one bucket would: a part that grows brings time, not calls saved up;
/// one that shrinks takes those with it that it has no room for any more.
struct SharedRate: Sendable {
    /// Into how many parts a rate is divided.
    static let whole = 10_000
    /// How soon a node that has no part looks again, nanoseconds.
    static let poll: Int64 = 1_000_000_000
    /// What rounding may be off by, nanoseconds.
    static let slack: Int64 = 1000

    private(set) var pace: Pace
    private(set) var part = Self.whole
    /// How far ahead the bucket may be drawn.
    private var tolerance: Int64
    /// Time of its own at which the bucket is full again.
    private var fullAt: Int64 = 0
    /// A moment of uptime, and which one that is on its own clock.
    private var anchor: Int64 = 0
    private var ownAnchor: Int64 = 0
    /// Of its own clock, when it was last drawn from.
    private var lastOwn: Int64 = 0
    private var demand = RateDemand()
    /// Parts that would do for as much as was asked before the last look.
    private(set) var wanted = 0
    /// Whether the store has given this node a part of it.
    private(set) var isLeased = false

    init(_ rate: Rate, burst: Int?) {
        pace = Pace(rate, burst: burst)
        tolerance = pace.tolerance
    }

    /// How long a request that comes at this moment would wait.
    @inline(__always)
    func wait(at moment: Int64) -> Int64 {
        guard part == Self.whole else { return partlyWait(until: fullAt - tolerance, at: moment) }
        return max(0, fullAt - tolerance - (moment - anchor + ownAnchor))
    }

    /// Takes a place in order.
    ///
    /// - Returns: its turn, for `wait(for:at:)`.
    @inline(__always)
    @discardableResult
    mutating func reserve(at moment: Int64) -> Int64 {
        let own = ownTime(at: moment)
        let turn = fullAt - tolerance
        lastOwn = own
        fullAt = min(max(fullAt, own) + pace.interval, Pace.latest)
        return max(turn, own)
    }

    /// How long it is until that turn; zero when it has come.
    func wait(for turn: Int64, at moment: Int64) -> Int64 {
        partlyWait(until: turn - Self.slack, at: moment)
    }

    /// Gives a reservation back that was not used.
    mutating func giveBack() {
        fullAt = max(0, fullAt - pace.interval)
    }

    /// Counts a request that asked for its turn.
    @inline(__always)
    mutating func note(hadToWait: Bool) {
        demand.note(hadToWait: hadToWait)
    }

    /// Looks at how much was asked since the last look.
    mutating func look(at moment: Int64) {
        wanted = demand.parts(of: Self.whole, pace: pace, at: moment)
    }

    /// The part that the store gives this node. Where it is the first, the bucket is as full as it became since somebody
    /// else last drew from it.
    mutating func take(_ part: Int, idleFor idle: Int64?, at moment: Int64) {
        let wasEmpty = self.part == 0
        setPart(part, at: moment)
        guard !isLeased else { return }
        isLeased = true
        let filled = min(max(idle ?? .max, 0), tolerance + pace.interval)
        let missing = wasEmpty ? -filled : tolerance + pace.interval - filled
        let own = ownTime(at: moment)
        fullAt = max(own, max(fullAt, own) + missing)
    }

    /// The part is another one from now on.
    mutating func setPart(_ new: Int, at moment: Int64) {
        let new = min(max(new, 0), Self.whole)
        guard new != part else { return }
        let own = ownTime(at: moment)
        (anchor, ownAnchor) = (moment, own)
        part = new
        let room = room
        fullAt = max(own, max(fullAt, own) - tolerance + room)
        tolerance = room
        // Without a part nothing is saved up.
        if part == 0 { fullAt = max(fullAt, own + pace.interval) }
    }

    /// Other rules; what was used stays used.
    mutating func adopt(_ rate: Rate, burst: Int?) {
        let new = Pace(rate, burst: burst)
        guard new != pace else { return }
        let used = Double(max(0, fullAt - lastOwn)) / Double(pace.interval)
        pace = new
        tolerance = room
        let missing = used * Double(new.interval)
        fullAt = lastOwn + (missing < Double(Pace.longest) ? Int64(missing) : Pace.longest)
    }

    /// The tolerance for this part: at least one call must fit.
    private var room: Int64 {
        guard part < Self.whole else { return pace.tolerance }
        return max(0, Self.scaled(pace.tolerance + pace.interval, by: part) - pace.interval)
    }

    @inline(__always)
    private func ownTime(at moment: Int64) -> Int64 {
        let passed = moment - anchor
        return ownAnchor + (part == Self.whole ? passed : Self.scaled(max(0, passed), by: part))
    }

    private func partlyWait(until turn: Int64, at moment: Int64) -> Int64 {
        let missing = turn - ownTime(at: moment)
        guard missing > 0 else { return 0 }
        guard part > 0 else { return Self.poll }
        let part = Int64(part)
        let (wholes, rest) = missing.quotientAndRemainder(dividingBy: part)
        let (long, overflow) = wholes.multipliedReportingOverflow(by: Int64(Self.whole))
        guard !overflow, long < Pace.longest else { return Pace.longest }
        return long + (rest * Int64(Self.whole) + part - 1) / part
    }

    private static func scaled(_ time: Int64, by part: Int) -> Int64 {
        let (wholes, rest) = time.quotientAndRemainder(dividingBy: Int64(whole))
        return wholes * Int64(part) + rest * Int64(part) / Int64(whole)
    }
}
