/// What `properties`, `patternProperties` and `additionalProperties` say, decided member by member.
struct SchemaMembers: Sendable {
    private(set) var names: [SchemaName] = []
    /// The node of each name.
    private(set) var nodes: [Int] = []
    var patterns: [(expression: RegularExpression, node: Int)] = []
    var rest = SchemaRest.free
    /// Whether the keyword `additionalProperties` stands there.
    var hasRest = false
    /// First name of each bucket, and the next of the same; -1 ends.
    private var buckets: [Int32] = []
    private var following: [Int32] = []

    init(_ properties: [(SchemaName, Int)]) {
        names = properties.map(\.0)
        nodes = properties.map(\.1)
        var size = 1
        while size < names.count * 2 { size *= 2 }
        buckets = [Int32](repeating: -1, count: size)
        following = [Int32](repeating: -1, count: names.count)
        for (index, name) in names.enumerated() {
            let bucket = Int(name.hash) & (size - 1)
            following[index] = buckets[bucket]
            buckets[bucket] = Int32(index)
        }
    }

    /// The node `properties` has for the name.
    func node(hash: UInt32, bytes: ArraySlice<UInt8>) -> Int? {
        var index = Int(buckets[Int(hash) & (buckets.count - 1)])
        while index >= 0 {
            if names[index].hash == hash, names[index].bytes.elementsEqual(bytes) { return nodes[index] }
            index = Int(following[index])
        }
        return nil
    }
}
