import Foundation

/// The state of one vendor and the order in which it deals with a request:
/// out of order, key, hiccup, rate limit, answer. No I/O and no clock inside.
struct Desk: Sendable {
    /// How a vendor that is out of order behaves.
    enum Outage: String, Sendable, Codable {
        /// 503 at once.
        case refuse
        /// The connection breaks in the middle of an answer.
        case close
        /// Nothing comes at all.
        case hang
    }

    let vendor: any Vendor
    let speed: Double
    let seed: Int
    private let firstKeys: Set<String>
    private(set) var keys: Set<String>
    private(set) var drift: Bool
    private(set) var outage: Outage?
    private var bucket: TokenBucket
    private var number = 0
    private var watches = WatchBook()
    private var requests = 0
    private var routes: [String: [String: Int]] = [:]
    private var statuses: [String: Int] = [:]

    init(vendor: any Vendor, keys: Set<String>, speed: Double, seed: Int, drift: Bool, down: Bool) {
        self.vendor = vendor
        self.speed = speed
        self.seed = seed
        self.keys = keys
        self.drift = drift
        firstKeys = keys
        outage = down ? .refuse : nil
        bucket = TokenBucket(RateLimit(rate: vendor.limit.rate * speed, burst: vendor.limit.burst))
    }

    /// Answers a question and counts it.
    mutating func answer(_ question: Question, now: Date) -> Reply {
        var reply = decide(question, now: now)
        reply.headers += vendor.courtesy(left: bucket.left, reset: bucket.reset)
        requests += 1
        statuses[String(reply.status), default: 0] += 1
        let route = vendor.route(of: question) ?? "other"
        routes[route, default: [:]][String(reply.status), default: 0] += 1
        return reply
    }

    private mutating func decide(_ question: Question, now: Date) -> Reply {
        if let outage { return refuse(question, outage: outage) }
        guard let key = vendor.key(in: question), keys.contains(key) else { return vendor.unauthorised() }
        guard vendor.route(of: question) != nil else { return vendor.unknownRoute(question) }
        number += 1
        for hiccup in vendor.hiccups where hiccup.strikes(number + seed) {
            switch hiccup.kind {
            case .unavailable: return vendor.unavailable(question, number: number)
            case .tooMany(let wait): return vendor.tooMany(question, wait: scaled(wait), now: now)
            }
        }
        if let wait = bucket.take(at: now) {
            return vendor.tooMany(question, wait: max(1, Int(wait.rounded(.up))), now: now)
        }
        return vendor.answer(question, drift: drift, watches: &watches, now: now)
    }

    private func refuse(_ question: Question, outage: Outage) -> Reply {
        var reply = vendor.unavailable(question, number: number)
        switch outage {
        case .refuse: break
        case .close: reply.ending = .cut
        case .hang: reply.delay = 600 * speed
        }
        return reply
    }

    private func scaled(_ seconds: Int) -> Int { max(1, Int((Double(seconds) / speed).rounded(.up))) }

    mutating func setKeys(_ keys: Set<String>) { self.keys = keys }

    mutating func setDrift(_ on: Bool) { drift = on }

    mutating func setOutage(_ outage: Outage?) { self.outage = outage }

    /// As after the start, without the switches of the command line.
    mutating func reset() {
        self = Desk(vendor: vendor, keys: firstKeys, speed: speed, seed: seed, drift: false, down: false)
    }

    var statistics: Statistics {
        Statistics(
            vendor: vendor.name, requests: requests, routes: routes, statuses: statuses,
            effects: Statistics.Effects(
                total: watches.effects, byKey: watches.byKey, withoutKey: watches.withoutKey,
                replayed: watches.replayed),
            drift: drift, down: outage != nil, keys: keys.count)
    }
}
