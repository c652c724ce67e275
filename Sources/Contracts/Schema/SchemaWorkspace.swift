/// Memory of the evaluator, kept from one document to the next.
final class SchemaWorkspace {
    /// A byte for each node of the tape.
    private(set) var marks: UnsafeMutablePointer<UInt8>
    private var markCapacity = 256

    /// Places of members and elements that keywords have looked at.
    private(set) var traced: UnsafeMutablePointer<UInt32>
    private var tracedCapacity = 64
    private(set) var tracedCount = 0

    /// Resources that evaluation came through, the outermost first.
    var scope: [UInt32] = []
    /// References being followed, to notice one that leads back to itself without reading anything.
    var references: [(node: Int, place: Int)] = []
    /// Room for comparing the elements of an array.
    var hashes: [(hash: UInt64, place: Int)] = []

    init() {
        marks = .allocate(capacity: markCapacity)
        traced = .allocate(capacity: tracedCapacity)
    }

    deinit {
        marks.deallocate()
        traced.deallocate()
    }

    func prepare(nodes count: Int) {
        if count > markCapacity {
            marks.deallocate()
            markCapacity = count * 2
            marks = .allocate(capacity: markCapacity)
        }
        marks.update(repeating: 0, count: count)
        tracedCount = 0
        if !scope.isEmpty { scope.removeAll(keepingCapacity: true) }
        if !references.isEmpty { references.removeAll(keepingCapacity: true) }
    }

    @inline(__always)
    func trace(_ place: Int) {
        if tracedCount == tracedCapacity { growTraced() }
        traced[tracedCount] = UInt32(truncatingIfNeeded: place)
        tracedCount &+= 1
    }

    func forget(from count: Int) {
        tracedCount = count
    }

    private func growTraced() {
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: tracedCapacity * 2)
        larger.update(from: traced, count: tracedCount)
        traced.deallocate()
        traced = larger
        tracedCapacity *= 2
    }
}
