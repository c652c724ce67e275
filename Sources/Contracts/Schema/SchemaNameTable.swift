/// Names, found by the hash that the tape carries for them.
struct SchemaNameTable: BitwiseCopyable {
    struct Entry: BitwiseCopyable {
        /// The first eight bytes.
        let head: UInt64
        let bytes: UnsafePointer<UInt8>
        let hash: UInt32
        let length: UInt32
        /// The next entry of the same bucket; -1 ends.
        var next: Int32 = -1
        /// The schema of the member; -1 for names that only have to be there.
        var node: Int32
        /// The member's bit among those that must be there.
        var required: UInt64

        /// Stands after the others and has no name.
        static func last(_ memory: SchemaMemory) -> Entry {
            Entry(head: 0, bytes: memory.keep([0]), hash: 0, length: UInt32.max, node: -1, required: 0)
        }
    }

    let entries: UnsafePointer<Entry>
    private let buckets: UnsafePointer<Int32>
    private let mask: UInt32

    init(_ names: [(name: SchemaName, node: Int32, required: UInt64)], _ memory: SchemaMemory) {
        var size = 2
        while size < names.count * 3 { size *= 2 }
        var buckets = [Int32](repeating: -1, count: size)
        var entries: [Entry] = []
        for (index, entry) in names.enumerated() {
            let bytes = memory.keep(entry.name.bytes)
            let bucket = Int(entry.name.hash) & (size - 1)
            entries.append(
                Entry(
                    head: JSONBytes.head(bytes, entry.name.bytes.count), bytes: bytes, hash: entry.name.hash,
                    length: UInt32(entry.name.bytes.count), next: buckets[bucket], node: entry.node,
                    required: entry.required))
            buckets[bucket] = Int32(index)
        }
        self.entries = memory.keep(entries + [Entry.last(memory)])
        self.buckets = memory.keep(buckets)
        mask = UInt32(size - 1)
    }

    /// Whether the entry, which may be the one after the last, has the name.
    @inline(__always)
    func matches(
        _ entry: UnsafePointer<Entry>, _ hash: UInt32, _ bytes: UnsafePointer<UInt8>, _ length: UInt32
    ) -> Bool {
        entry.pointee.hash == hash && entry.pointee.length == length
            && JSONBytes.head(bytes, Int(length)) == entry.pointee.head
            && (length <= 8 || JSONBytes.areEqual(bytes + 8, entry.pointee.bytes + 8, Int(length) - 8))
    }

    /// The bytes are followed by eight readable ones.
    @inline(__always)
    func find(_ hash: UInt32, _ bytes: UnsafePointer<UInt8>, _ length: UInt32) -> UnsafePointer<Entry>? {
        var index = buckets[Int(hash & mask)]
        while index >= 0 {
            let entry = entries + Int(index)
            if matches(entry, hash, bytes, length) { return entry }
            index = entry.pointee.next
        }
        return nil
    }
}
