/// Many byte patterns searched for in one pass, most of whose bytes are not even looked at (Wu and Manber, "A fast
/// algorithm for multi-pattern searching", 1994).
///
/// Of every pattern its last `window` bytes count: a table tells for any three bytes how far the nearest of those windows
/// can end behind them, and the search leaps by that. The end of a key is what differs most between keys.
struct PatternGroup: Sendable {
    struct Pattern: Sendable {
        let bytes: [UInt8]
        let secret: Int
    }

    /// The longest first.
    private let patterns: [Pattern]
    private let window: Int
    /// By the hash of three bytes: how far to go on, 0 where a window may end.
    private let leaps: [UInt8]
    /// Open addressing by a window's last bytes: the first pattern of those that end so.
    private let keys: [UInt64]
    private let heads: [Int32]
    private let next: [Int32]

    /// All patterns have at least `window` bytes; `window` is at least 6.
    init(_ patterns: [Pattern], window: Int) {
        let patterns = patterns.sorted { $0.bytes.count > $1.bytes.count }
        var leaps = [UInt8](repeating: UInt8(window - 2), count: patterns.isEmpty ? 0 : 1 << 16)
        var capacity = 16
        while capacity < patterns.count * 3 { capacity *= 2 }
        var keys = [UInt64](repeating: 0, count: capacity)
        var heads = [Int32](repeating: -1, count: capacity)
        var tails = heads
        var next = [Int32](repeating: -1, count: patterns.count)
        for (index, pattern) in patterns.enumerated() {
            pattern.bytes.withUnsafeBytes { bytes in
                let end = bytes.count - 1
                for back in 0...(window - 3) {
                    let hash = Self.hash(bytes, end - back)
                    leaps[hash] = min(leaps[hash], UInt8(back))
                }
                let key = Self.key(bytes, end, window)
                var slot = Self.slot(key, capacity)
                while heads[slot] >= 0, keys[slot] != key { slot = (slot + 1) & (capacity - 1) }
                if heads[slot] < 0 {
                    keys[slot] = key
                    heads[slot] = Int32(index)
                } else {
                    next[Int(tails[slot])] = Int32(index)
                }
                tails[slot] = Int32(index)
            }
        }
        self.patterns = patterns
        self.window = window
        self.leaps = leaps
        self.keys = keys
        self.heads = heads
        self.next = next
    }

    /// Calls `found` with place and secret of every pattern in the text, ordered by their ends; of those that end at the
    /// same byte only the longest.
    func search(_ text: UnsafeRawBufferPointer, _ found: (Range<Int>, Int) -> Void) {
        guard !patterns.isEmpty, text.count >= window else { return }
        leaps.withUnsafeBufferPointer { leaps in
            var end = window - 1
            while end < text.count {
                let leap = Int(leaps[Self.hash(text, end)])
                if leap == 0 {
                    if let pattern = pattern(text, endingAt: end) {
                        found((end + 1 - pattern.bytes.count)..<(end + 1), pattern.secret)
                    }
                    end += 1
                } else {
                    end += leap
                }
            }
        }
    }

    @inline(never)
    private func pattern(_ text: UnsafeRawBufferPointer, endingAt end: Int) -> Pattern? {
        let key = Self.key(text, end, window)
        var slot = Self.slot(key, keys.count)
        while heads[slot] >= 0, keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
        var index = heads[slot]
        while index >= 0 {
            let pattern = patterns[Int(index)]
            let start = end + 1 - pattern.bytes.count
            if start >= 0, pattern.bytes.elementsEqual(text[start...end]) { return pattern }
            index = next[Int(index)]
        }
        return nil
    }

    /// Of the three bytes that end there.
    @inline(__always)
    private static func hash(_ text: UnsafeRawBufferPointer, _ end: Int) -> Int {
        let pair = UInt32(text.loadUnaligned(fromByteOffset: end - 2, as: UInt16.self))
        let word = pair | UInt32(text[end]) << 16
        return Int((word &* 0x9E37_79B1) >> 16)
    }

    /// The window's last bytes, as many as fit.
    @inline(__always)
    private static func key(_ text: UnsafeRawBufferPointer, _ end: Int, _ window: Int) -> UInt64 {
        guard window < 8 else { return text.loadUnaligned(fromByteOffset: end - 7, as: UInt64.self) }
        let last = text.loadUnaligned(fromByteOffset: end - 3, as: UInt32.self)
        return UInt64(last) << 16 | UInt64(text.loadUnaligned(fromByteOffset: end - 5, as: UInt16.self))
    }

    @inline(__always)
    private static func slot(_ key: UInt64, _ capacity: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (capacity - 1)
    }
}
