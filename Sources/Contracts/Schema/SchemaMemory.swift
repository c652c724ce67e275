/// Owns the flat tables of a compiled schema, which the evaluator reads through plain pointers.
final class SchemaMemory {
    private var blocks: [UnsafeMutableRawPointer] = []

    deinit {
        for block in blocks { block.deallocate() }
    }

    /// A copy that lives as long as this object, followed by eight zero bytes.
    func keep<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
        let size = elements.count * MemoryLayout<Element>.stride
        let block = UnsafeMutableRawPointer.allocate(
            byteCount: size + 8, alignment: max(MemoryLayout<Element>.alignment, 8))
        block.initializeMemory(as: UInt8.self, repeating: 0, count: size + 8)
        elements.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress { block.copyMemory(from: start, byteCount: size) }
        }
        blocks.append(block)
        return UnsafePointer(block.bindMemory(to: Element.self, capacity: elements.count))
    }
}
