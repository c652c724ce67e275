import Contracts

/// The items of one `for_each`: which are done, and which comes next.
struct ItemQueue: Sendable {
    private var results: [JSONValue?]
    private var next = 0
    private(set) var done: Int

    /// `known` tells the results of items that were finished before a restart.
    init(count: Int, known: (Int) -> JSONValue?) {
        results = (0..<count).map(known)
        done = results.count { $0 != nil }
    }

    var count: Int { results.count }

    /// The results in item order, once all are there.
    var all: [JSONValue]? {
        done == results.count ? results.compactMap(\.self) : nil
    }

    /// The next item to begin; nil when all have begun.
    mutating func begin() -> Int? {
        while next < results.count {
            defer { next += 1 }
            if results[next] == nil { return next }
        }
        return nil
    }

    mutating func finish(_ index: Int, _ result: JSONValue) {
        guard results.indices.contains(index), results[index] == nil else { return }
        results[index] = result
        done += 1
    }
}
