/// The values of an `enum` or `const` keyword.
struct SchemaChoices: BitwiseCopyable {
    /// Among null, true and false.
    let words: SchemaKinds
    let strings: SchemaNameTable
    let hasStrings: Bool
    /// Small integers, in order.
    let integers: UnsafePointer<Int>
    let integerCount: Int
    /// Whether there are other numbers, arrays or objects: the step knows them.
    let hasOthers: Bool

    init(_ values: [JSONValue], _ memory: SchemaMemory) {
        var words: SchemaKinds = []
        var strings: [(name: SchemaName, node: Int32, required: UInt64)] = []
        var integers: [Int] = []
        var hasOthers = false
        for value in values {
            switch value {
            case .null: words.insert(.null)
            case .bool(let value): words.insert(SchemaKinds(value ? .true : .false))
            case .string(let text): strings.append((SchemaName(text), -1, 0))
            case .number(let number):
                if let integer = number.int { integers.append(integer) } else { hasOthers = true }
            case .array, .object: hasOthers = true
            }
        }
        self.words = words
        self.strings = SchemaNameTable(strings, memory)
        hasStrings = !strings.isEmpty
        self.integers = memory.keep(integers.sorted())
        integerCount = integers.count
        self.hasOthers = hasOthers
    }

    func contains(_ integer: Int) -> Bool {
        var low = 0
        var high = integerCount
        while low < high {
            let middle = (low + high) / 2
            if integers[middle] == integer { return true }
            if integers[middle] < integer { low = middle + 1 } else { high = middle }
        }
        return false
    }
}
