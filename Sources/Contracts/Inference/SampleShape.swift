/// What was seen in one place of the samples.
struct SampleShape: Sendable {
    /// Arrays and objects inside each other; what is deeper is not looked at.
    private static let deepest = 64

    /// Values seen, those kept back included.
    private(set) var count = 0
    private var nulls = 0
    private var booleans = 0
    private var numbers = 0
    /// Numbers without a fraction.
    private var wholes = 0
    private var texts = SampleTexts()
    private var arrays = 0
    /// What the arrays held, all in one; nil while none held anything. An array of one, because a shape cannot hold itself.
    private var elements: [SampleShape] = []
    private var objects = SampleMembers()
    /// Values that are deeper than is looked at.
    private var isCut = false

    mutating func add(_ value: JSONValue, depth: Int) {
        count += 1
        switch value {
        case .null: nulls += 1
        case .bool: booleans += 1
        case .number(let number):
            numbers += 1
            if number.isInteger { wholes += 1 }
        case .string(let text):
            if !Redaction.isMarker(text) { texts.add(text) }
        case .array where depth >= Self.deepest, .object where depth >= Self.deepest:
            isCut = true
        case .array(let items):
            arrays += 1
            if !items.isEmpty, elements.isEmpty { elements.append(SampleShape()) }
            for item in items { elements[0].add(item, depth: depth + 1) }
        case .object(let object):
            objects.add(object, depth: depth + 1)
        }
    }

    /// Adds what another place saw, as if both were one.
    mutating func merge(_ other: SampleShape) {
        count += other.count
        nulls += other.nulls
        booleans += other.booleans
        numbers += other.numbers
        wholes += other.wholes
        texts.merge(other.texts)
        arrays += other.arrays
        if let theirs = other.elements.first {
            if elements.isEmpty { elements.append(theirs) } else { elements[0].merge(theirs) }
        }
        objects.merge(other.objects)
        isCut = isCut || other.isCut
    }

    /// The schema of this place; the member's name helps where numbers and words could be more than was seen.
    func schema(named name: String?) -> JSONValue {
        guard !isCut else { return [:] }
        var types: [String] = []
        if objects.count > 0 { types.append("object") }
        if arrays > 0 { types.append("array") }
        if texts.count > 0 { types.append("string") }
        if numbers > 0 { types.append(isInteger(name) ? "integer" : "number") }
        if booleans > 0 { types.append("boolean") }
        // Null alone says nothing about what will come.
        if types.isEmpty { return [:] }
        if nulls > 0 { types.append("null") }
        var schema: JSONObject = ["type": types.count == 1 ? .string(types[0]) : JSONValue(types)]
        if let items = elements.first?.schema(named: nil), items != [:] { schema["items"] = items }
        for (keyword, value) in objects.keywords() { schema[keyword] = value }
        if types.filter({ $0 != "null" }) == ["string"] {
            for (keyword, value) in texts.keywords(named: name, withNull: nulls > 0) { schema[keyword] = value }
        }
        return .object(schema)
    }

    private func isInteger(_ name: String?) -> Bool {
        wholes == numbers && (numbers >= 20 || !SampleNames.isMeasure(name ?? ""))
    }
}
