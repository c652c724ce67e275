/// Walks over the elements of an array on the tape.
struct JSONElements: Sequence, IteratorProtocol {
    private let nodes: [JSONNode]
    private var place: Int
    private let end: Int

    init(nodes: [JSONNode], place: Int, end: Int) {
        self.nodes = nodes
        self.place = place
        self.end = end
    }

    mutating func next() -> Int? {
        guard place < end else { return nil }
        defer { place = Int(nodes[place].end) }
        return place
    }
}
