import Crypto
import Inventory
package import Store

/// One-time codes with which a person signs in to the console: shown on the terminal, good for ten minutes and one use.
package actor SignInCodes {
    package struct Code: Sendable {
        package let text: String
        package let expires: Timestamp
    }

    private static let lifetime: Duration = .seconds(600)
    /// More are hardly ever open at once; the oldest goes first.
    private static let limit = 32

    private let clock: any WallClock
    /// Hashes with the uptime at which they end, oldest first.
    private var open: [(hash: [UInt8], endsAt: Duration)] = []

    package init(clock: any WallClock) {
        self.clock = clock
    }

    package func issue() -> Code {
        removeEnded()
        if open.count >= Self.limit { open.removeFirst() }
        let text = Base64.text(RandomBytes.make(18), .url, padded: false)
        open.append((Self.hash(text), clock.uptime() + Self.lifetime))
        return Code(text: text, expires: clock.now() + Self.lifetime)
    }

    /// True once for every code that was issued and has not ended.
    package func redeem(_ text: String) -> Bool {
        removeEnded()
        let hash = Self.hash(text)
        guard let place = open.firstIndex(where: { $0.hash == hash }) else { return false }
        open.remove(at: place)
        return true
    }

    private func removeEnded() {
        let now = clock.uptime()
        open.removeAll { $0.endsAt <= now }
    }

    private static func hash(_ text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }
}
