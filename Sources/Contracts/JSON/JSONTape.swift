/// The memory of one JSON text: its bytes and its nodes in reading order.
///
/// The text is a copy of what was handed in, followed by zeros: readers may load whole words beyond its end, and no loop
/// needs to ask where it ends. Escaped strings are unescaped where they stand. The memory is kept from one text to the
/// next. Nothing here is checked: only the parser, the tape writer and the evaluator touch it.
final class JSONTape {
    /// A container that is being read.
    struct Frame {
        var place: UInt32 = 0
        var count: UInt32 = 0
        /// One bit for each name's hash; names that share one may be the same.
        var names: UInt64 = 0
        var isObject = false
        var mayRepeat = false
    }

    /// Zeros after the text.
    static let padding = 64
    /// What is not given back between texts.
    private static let keptBytes = 1 << 20

    private(set) var text: UnsafeMutablePointer<UInt8>
    private var textCapacity: Int
    private(set) var count = 0

    private(set) var nodes: UnsafeMutablePointer<JSONNode>
    private(set) var nodeCapacity: Int
    var nodeCount = 0

    private(set) var frames: UnsafeMutablePointer<Frame>
    private(set) var frameCapacity = 32

    /// Room for finding equal names.
    private var words: UnsafeMutablePointer<UInt32>
    private var wordCapacity = 64

    init() {
        textCapacity = 256
        text = .allocate(capacity: textCapacity)
        nodeCapacity = 64
        nodes = .allocate(capacity: nodeCapacity)
        frames = .allocate(capacity: frameCapacity)
        words = .allocate(capacity: wordCapacity)
    }

    deinit {
        text.deallocate()
        nodes.deallocate()
        frames.deallocate()
        words.deallocate()
    }

    /// Takes a text in and forgets the last one; of one that is too large no more than shows that it is.
    func load(_ all: UnsafeRawBufferPointer, limit: Int) {
        let bytes = UnsafeRawBufferPointer(rebasing: all.prefix(limit + 1))
        let needed = bytes.count + JSONTape.padding
        if needed > textCapacity || (textCapacity > JSONTape.keptBytes && needed < textCapacity / 4) {
            text.deallocate()
            textCapacity = needed > JSONTape.keptBytes ? needed : needed + needed / 2
            text = .allocate(capacity: textCapacity)
            if nodeCapacity * MemoryLayout<JSONNode>.stride > 8 * JSONTape.keptBytes {
                nodes.deallocate()
                nodeCapacity = 64
                nodes = .allocate(capacity: nodeCapacity)
            }
        }
        if let start = bytes.baseAddress {
            UnsafeMutableRawPointer(text).copyMemory(from: start, byteCount: bytes.count)
        }
        (text + bytes.count).update(repeating: 0, count: JSONTape.padding)
        count = bytes.count
        nodeCount = 0
    }

    /// Adds to the text; for writers of tapes.
    func append(_ string: String) {
        var string = string
        string.withUTF8 { bytes in
            if count + bytes.count + JSONTape.padding > textCapacity {
                textCapacity = (count + bytes.count + JSONTape.padding) * 2
                let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: textCapacity)
                larger.update(from: text, count: count)
                text.deallocate()
                text = larger
            }
            if let start = bytes.baseAddress { (text + count).update(from: start, count: bytes.count) }
            count += bytes.count
            (text + count).update(repeating: 0, count: JSONTape.padding)
        }
    }

    /// Makes room for more nodes.
    func growNodes(used: Int) {
        nodeCapacity = max(nodeCapacity * 2, min(count / 4, 1 << 16))
        let larger = UnsafeMutablePointer<JSONNode>.allocate(capacity: nodeCapacity)
        larger.update(from: nodes, count: used)
        nodes.deallocate()
        nodes = larger
    }

    @inline(never)
    func growFrames() {
        let larger = UnsafeMutablePointer<Frame>.allocate(capacity: frameCapacity * 2)
        larger.update(from: frames, count: frameCapacity)
        frames.deallocate()
        frames = larger
        frameCapacity *= 2
    }

    /// Room for that many numbers, all zero.
    func zeroWords(_ count: Int) -> UnsafeMutablePointer<UInt32> {
        if count > wordCapacity {
            words.deallocate()
            wordCapacity = count
            words = .allocate(capacity: count)
        }
        words.update(repeating: 0, count: count)
        return words
    }

    /// The place after the node and everything in it.
    @inline(__always)
    func after(_ place: Int) -> Int {
        JSONTape.after(place, nodes)
    }

    @inline(__always)
    static func after(_ place: Int, _ nodes: UnsafePointer<JSONNode>) -> Int {
        let node = nodes[place]
        return node.kind.rawValue >= JSONNode.Kind.array.rawValue ? Int(node.link) : place + 1
    }

    @inline(__always)
    static func after(_ place: Int, _ nodes: UnsafeMutablePointer<JSONNode>) -> Int {
        after(place, UnsafePointer(nodes))
    }

    /// The bytes of a string, name or number.
    func contents(_ place: Int) -> UnsafeBufferPointer<UInt8> {
        let node = nodes[place]
        return UnsafeBufferPointer(start: text + Int(node.start), count: Int(node.length))
    }
}
