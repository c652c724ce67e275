/// Counts of two kinds of events over the time just past, in ten parts of it, so that nothing grows and nothing is
/// walked through.
///
/// What it holds reaches back between nine and ten tenths of the window.
struct CountWindow: Sendable {
    /// All, and those that are marked.
    private(set) var count = 0
    private(set) var marked = 0

    private static let parts = 10
    private let length: Int64
    private var current: Int64 = 0
    private var counts: [Int]
    private var marks: [Int]

    init(_ window: Duration) {
        length = max(window.nanoseconds / Int64(Self.parts), 1)
        counts = [Int](repeating: 0, count: Self.parts)
        marks = counts
    }

    /// Forgets what is too old; everything below counts on that.
    mutating func advance(to now: Int64) {
        let part = now / length
        guard part > current else { return }
        guard part - current < Int64(Self.parts) else {
            current = part
            return clear()
        }
        while current < part {
            current += 1
            let index = Int(current % Int64(Self.parts))
            count -= counts[index]
            marked -= marks[index]
            counts[index] = 0
            marks[index] = 0
        }
    }

    mutating func add(count more: Int, marked moreMarked: Int, at now: Int64) {
        advance(to: now)
        let index = Int(current % Int64(Self.parts))
        counts[index] += more
        marks[index] += moreMarked
        count += more
        marked += moreMarked
    }

    mutating func clear() {
        guard count != 0 || marked != 0 else { return }
        for index in counts.indices {
            counts[index] = 0
            marks[index] = 0
        }
        count = 0
        marked = 0
    }
}
