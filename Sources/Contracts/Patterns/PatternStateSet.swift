/// A set of instruction numbers that is emptied in constant time and keeps the order of insertion.
struct PatternStateSet {
    private(set) var members: [Int] = []
    private var places: [Int]

    init(capacity: Int) {
        places = [Int](repeating: 0, count: capacity)
    }

    /// False when the state was in the set already.
    mutating func insert(_ state: Int) -> Bool {
        let place = places[state]
        if place < members.count, members[place] == state { return false }
        places[state] = members.count
        members.append(state)
        return true
    }

    mutating func removeAll() {
        members.removeAll(keepingCapacity: true)
    }
}
