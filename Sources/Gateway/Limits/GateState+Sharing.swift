import Inventory
import Store

extension GateState {
    /// With whom the limits are shared, and how long what this node has of them is its own.
    struct Sharing: Sendable {
        /// Nodes that lived when last looked, this one included.
        var nodes: Int
        /// Nanoseconds of uptime.
        var ends: Int64
    }

    /// What is left of a part when its lease has ended and the store could not be asked.
    private static let lapsed = 4

    /// From now on only what the store gives is used; what it has not given yet is open to who is alone.
    mutating func share(nodes: Int) -> [@Sendable () -> Void] {
        sharing = Sharing(nodes: max(nodes, 1), ends: sharing?.ends ?? .max)
        joinSharing()
        return fillPlaces()
    }

    /// Takes limits that are new into what is shared.
    mutating func joinSharing() {
        guard let sharing else { return }
        Self.join(&bucket, sharing)
        quota?.share()
        for index in slots.indices {
            Self.join(&slots[index].bucket, sharing)
            slots[index].quota?.share()
        }
    }

    private static func join(_ bucket: inout SharedRate?, _ sharing: Sharing) {
        guard sharing.nodes > 1, bucket?.isLeased == false else { return }
        bucket?.setPart(0, at: 0)
    }

    /// Opens as many places as this node has now.
    ///
    /// - Returns: those who have one now.
    mutating func fillPlaces() -> [@Sendable () -> Void] {
        let isAlone = (sharing?.nodes ?? 1) == 1
        concurrency = places.open(isAlone: isAlone) ?? Limits.standardConcurrency
        for index in slots.indices {
            slots[index].concurrency = slots[index].places.open(isAlone: isAlone) ?? .max
        }
        var freed: [@Sendable () -> Void] = []
        while let next = next() { freed.append(next) }
        return freed
    }

    /// Looks at what was asked of each limit since the last look.
    mutating func look(at now: Moment) {
        bucket?.look(at: now.nanoseconds)
        places.look(now: running + waiting)
        for index in slots.indices {
            slots[index].bucket?.look(at: now.nanoseconds)
            let taken = slots[index].running + slots[index].line.count
            slots[index].places.look(now: taken)
        }
    }

    /// What this node wants of each limit.
    func wishes(_ provider: String) -> [ShareWish] {
        var wishes = Self.wishes(provider, bucket, places, running: running)
        for slot in slots where slot.bucket != nil || slot.places.declared != nil {
            wishes += Self.wishes("\(provider).\(slot.name)", slot.bucket, slot.places, running: slot.running)
        }
        return wishes
    }

    private static func wishes(
        _ name: String, _ rate: SharedRate?, _ places: SharedPlaces, running: Int
    ) -> [ShareWish] {
        var wishes: [ShareWish] = []
        if let rate {
            wishes.append(
                ShareWish(
                    name: "rate/" + name, wanted: rate.wanted, holds: rate.isLeased ? rate.part : 0,
                    total: SharedRate.whole))
        }
        if let declared = places.declared {
            wishes.append(
                ShareWish(
                    name: "places/" + name, wanted: places.wanted, holds: max(running, places.granted ?? 0),
                    total: declared))
        }
        return wishes
    }

    /// Takes over what the store gave.
    ///
    /// - Parameter ends: nanoseconds of uptime at which it has to be renewed.
    mutating func take(
        _ grants: [String: ShareGrant], _ provider: String, ends: Int64, nodes: Int, at now: Moment
    ) -> [@Sendable () -> Void] {
        sharing = Sharing(nodes: max(nodes, 1), ends: ends)
        Self.take(grants, provider, &bucket, &places, now)
        for index in slots.indices {
            guard slots[index].bucket != nil || slots[index].places.declared != nil else { continue }
            Self.take(grants, provider, &slots[index], now)
        }
        joinSharing()
        return fillPlaces()
    }

    private static func take(
        _ grants: [String: ShareGrant], _ provider: String, _ slot: inout Slot, _ now: Moment
    ) {
        take(grants, "\(provider).\(slot.name)", &slot.bucket, &slot.places, now)
    }

    private static func take(
        _ grants: [String: ShareGrant], _ name: String, _ bucket: inout SharedRate?, _ places: inout SharedPlaces,
        _ now: Moment
    ) {
        if bucket != nil, let grant = grants["rate/" + name] {
            bucket?.take(
                grant.part, idleFor: grant.usedUntil.map { (now.wall - $0).nanoseconds }, at: now.nanoseconds)
        }
        if let grant = grants["places/" + name] { places.take(grant.part) }
    }

    /// Whether a lease has ended that the store could not be asked to renew.
    @inline(__always)
    func hasLapsed(at now: Moment) -> Bool {
        guard let sharing else { return false }
        return now.nanoseconds >= sharing.ends
    }

    /// Others may have been given what this node had: it goes on with a quarter. Who was alone has nobody to fear.
    mutating func lapse(at now: Moment) {
        guard let sharing else { return }
        self.sharing?.ends = .max
        guard sharing.nodes > 1 else { return }
        Self.lapse(&bucket, &places, now)
        for index in slots.indices { Self.lapse(&slots[index], now) }
        _ = fillPlaces()
    }

    private static func lapse(_ slot: inout Slot, _ now: Moment) {
        lapse(&slot.bucket, &slot.places, now)
    }

    private static func lapse(_ bucket: inout SharedRate?, _ places: inout SharedPlaces, _ now: Moment) {
        if let part = bucket?.part { bucket?.setPart((part + lapsed - 1) / lapsed, at: now.nanoseconds) }
        if let granted = places.granted { places.take((granted + lapsed - 1) / lapsed) }
    }

    // MARK: Quotas

    mutating func draws(_ provider: String, at now: Moment) -> [QuotaDraw] {
        let isAlone = (sharing?.nodes ?? 1) == 1
        var draws =
            quota?.draws(
                provider, upTo: Self.atHand(bucket, asked), isIdle: asked == 0, isAlone: isAlone, at: now.wall) ?? []
        asked = 0
        for index in slots.indices where slots[index].quota != nil {
            draws += Self.draws(provider, &slots[index], bucket, isAlone: isAlone, now)
        }
        return draws
    }

    private static func draws(
        _ provider: String, _ slot: inout Slot, _ bucket: SharedRate?, isAlone: Bool, _ now: Moment
    ) -> [QuotaDraw] {
        let asked = slot.asked
        slot.asked = 0
        return slot.quota?.draws(
            "\(provider).\(slot.name)", upTo: atHand(slot.bucket ?? bucket, asked), isIdle: asked == 0,
            isAlone: isAlone, at: now.wall) ?? []
    }

    /// What may be used up until the store has been asked again: by the rate in three seconds, else three times what it
    /// was in the last.
    private static func atHand(_ bucket: SharedRate?, _ asked: Int) -> Int {
        guard let bucket else { return max(64, min(asked, 1 << 40) * 3) }
        return min(bucket.pace.burst, 1 << 40) + Int(3_000_000_000 / bucket.pace.interval)
    }

    mutating func take(_ grants: [(QuotaDraw, QuotaGrant)], _ provider: String) {
        for (draw, grant) in grants {
            if draw.name == provider {
                quota?.take(grant, of: draw)
            } else if let slot = names[String(draw.name.dropFirst(provider.count + 1))] {
                slots[slot].quota?.take(grant, of: draw)
            }
        }
    }

    /// What was drawn and not used, given back.
    func rests(_ provider: String) -> [QuotaDraw] {
        (quota?.rest(provider) ?? [])
            + slots.flatMap { $0.quota?.rest("\(provider).\($0.name)") ?? [] }
    }

    // MARK: Pauses

    /// Until when the provider asked to be left alone, where that is worth telling others.
    func longPause(at now: Moment) -> Timestamp? {
        let left = heldUntil - now.nanoseconds
        guard left > Self.shortPause else { return nil }
        return now.wall + .nanoseconds(left)
    }

    mutating func take(pauseUntil until: Timestamp, at now: Moment) {
        let left = min((until - now.wall).nanoseconds, hold)
        if left > 0 { heldUntil = max(heldUntil, now.nanoseconds + left) }
    }

    private static let shortPause: Int64 = 2_000_000_000
}
