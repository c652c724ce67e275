import Foundation

/// The rent watches that were placed: each is one real effect, kept by idempotency key.
struct WatchBook: Sendable {
    struct Entry: Sendable {
        let fingerprint: UInt64
        let reply: Reply
    }

    enum Outcome: Sendable {
        /// A new effect: its number.
        case placed(Int)
        /// The same key and the same body: the first answer again, no effect.
        case replayed(Reply)
        /// The same key with another body.
        case conflict
    }

    private(set) var effects = 0
    private(set) var withoutKey = 0
    private(set) var replayed = 0
    private(set) var byKey: [String: Int] = [:]
    private var entries: [String: Entry] = [:]

    /// - Parameter reply: makes the answer from the effect's number; kept for replays.
    mutating func place(key: String?, fingerprint: UInt64, reply: (Int) -> Reply) -> Outcome {
        if let key, let entry = entries[key] {
            guard entry.fingerprint == fingerprint else { return .conflict }
            replayed += 1
            return .replayed(entry.reply)
        }
        effects += 1
        if let key {
            byKey[key, default: 0] += 1
            entries[key] = Entry(fingerprint: fingerprint, reply: reply(effects))
        } else {
            withoutKey += 1
        }
        return .placed(effects)
    }
}
