/// Walks over the members of an object on the tape.
struct JSONMembers: Sequence, IteratorProtocol {
    private let nodes: [JSONNode]
    private var place: Int
    private let end: Int

    init(nodes: [JSONNode], place: Int, end: Int) {
        self.nodes = nodes
        self.place = place
        self.end = end
    }

    mutating func next() -> JSONDocument.Member? {
        while place < end {
            let key = place
            place = Int(nodes[key + 1].end)
            if !nodes[key].isDropped { return JSONDocument.Member(key: key, value: key + 1) }
        }
        return nil
    }
}
