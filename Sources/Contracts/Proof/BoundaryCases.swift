/// Values at the edges of a contract, made from one that it accepts: the shortest and longest, the least and the most,
/// each value of an enumeration, optional members absent and present; and what is just beyond, which must be refused.
///
/// The same contract and seed always give the same cases in the same order, and never more than a bounded number. Every
/// case was checked: a valid one is accepted by the contract, an invalid one is not.
public struct BoundaryCases: Sendable {
    public struct Case: Sendable, Hashable {
        /// Says what is special: `/q at its longest, 200`.
        public let name: String
        public let value: JSONValue
        /// Whether the contract accepts it.
        public let isValid: Bool
    }

    /// The value that all others are made from; nil where none could be made.
    public let seed: JSONValue?
    /// Why none could be made, where more is to be said than that none was found.
    public let fault: String?
    public let cases: [Case]

    private static let depthLimit = 6
    private static let lengthLimit = 20_000
    private static let foundLimit = 1_000
    private static let stepLimit = 10_000

    /// - Parameters:
    ///   - isText: the value travels as text (path, query): what only differs by JSON type is left out.
    ///   - limit: most cases of each kind, valid and invalid.
    public init(
        _ contract: JSONValue, compiled: Schema, seed given: JSONValue? = nil, isText: Bool = false, limit: Int = 24
    ) {
        var sample = SchemaSample(document: contract)
        var fault: String?
        var candidates = [given].compactMap { $0 }
        do {
            candidates.append(try sample.value(of: contract))
        } catch {
            fault = "the least value that the contract describes has more than \(SchemaSample.budget) parts"
        }
        guard let seed = candidates.first(where: { compiled.accepts($0) }) else {
            self.seed = nil
            self.fault = fault
            cases = []
            return
        }
        self.seed = seed
        self.fault = nil
        var maker = BoundaryMaker(sample: sample, isText: isText)
        maker.vary(contract, seed, at: JSONPointer(), depth: 0)
        var seen: Set<JSONValue> = [seed]
        var names: Set<String> = []
        var valid: [Case] = []
        var invalid: [Case] = []
        for (name, value, wanted) in maker.found {
            // A variation that another keyword decides otherwise says nothing.
            guard compiled.accepts(value) == wanted, !seen.contains(value), names.insert(name).inserted else {
                continue
            }
            seen.insert(value)
            let made = Case(name: name, value: value, isValid: wanted)
            if wanted, valid.count < limit { valid.append(made) }
            if !wanted, invalid.count < limit { invalid.append(made) }
        }
        cases = valid + invalid
    }

    /// Collects variations of one value.
    private struct BoundaryMaker {
        private var sample: SchemaSample
        let isText: Bool
        private(set) var found: [(name: String, value: JSONValue, isValid: Bool)] = []
        private var steps = 0
        /// A contract that refers to itself has no end of variations.
        private var isFull: Bool { found.count >= BoundaryCases.foundLimit || steps >= BoundaryCases.stepLimit }
        /// Puts a variation of the part into the whole.
        private var put: (JSONValue) -> JSONValue = { $0 }

        init(sample: SchemaSample, isText: Bool) {
            self.sample = sample
            self.isText = isText
        }

        mutating func vary(_ schema: JSONValue, _ value: JSONValue, at place: JSONPointer, depth: Int) {
            let schema = sample.resolved(schema)
            steps += 1
            guard depth < BoundaryCases.depthLimit, !isFull, let object = schema.objectValue else { return }
            for part in object["allOf"]?.arrayValue ?? [] where !isFull {
                vary(part, value, at: place, depth: depth + 1)
            }
            if let values = object["enum"]?.arrayValue {
                for value in values where !isFull { add(place, "as \(value.text)", value, true) }
                add(place, "as a value that is not listed", "none of these", false)
            } else if object["const"] != nil {
                add(place, "as another value", "another value", false)
            }
            switch value {
            case .object(let members): vary(object, members, at: place, depth)
            case .array(let elements) where !isText: vary(object, elements, at: place, depth)
            case .string(let text): vary(object, text, at: place)
            case .number: varyNumber(object, at: place)
            case .bool(let value):
                add(place, "as \(!value)", .bool(!value), true)
                if isText { add(place, "as text", "neither", false) }
            default: break
            }
            if !isText, object["type"] != nil {
                add(place, "of another type", value.stringValue == nil ? "text" : 7, false)
            }
        }

        private mutating func vary(
            _ schema: JSONObject, _ members: JSONObject, at place: JSONPointer, _ depth: Int
        ) {
            let required = Set(schema["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
            let outer = put
            for (name, part) in schema["properties"]?.objectValue?.entries ?? [] where !isFull {
                let inner = place.appending(name)
                var without = members
                without.remove(name)
                let isRequired = required.contains(name)
                if isRequired {
                    add(inner, "left out though it is required", .object(without), false)
                } else if members.contains(name) {
                    add(inner, "left out", .object(without), true)
                }
                guard let value = try? members[name] ?? sample.value(of: part, depth: 1) else { continue }
                if !isRequired, !members.contains(name) {
                    var with = members
                    with[name] = value
                    add(inner, "given", .object(with), true)
                }
                put = { changed in
                    var whole = members
                    whole[name] = changed
                    return outer(.object(whole))
                }
                vary(part, value, at: inner, depth: depth + 1)
                put = outer
            }
            if schema["additionalProperties"] == false {
                var more = members
                more["not-in-the-contract"] = "x"
                add(place, "with a member the contract does not allow", .object(more), false)
            }
        }

        private mutating func vary(
            _ schema: JSONObject, _ elements: [JSONValue], at place: JSONPointer, _ depth: Int
        ) {
            if let least = schema["minItems"]?.intValue, least >= 0, least <= 1000 {
                if elements.count >= least {
                    add(place, "at its shortest, \(least)", .array(Array(elements.prefix(least))), true)
                }
                if least > 0 { add(place, "one too short", .array(Array(elements.prefix(least - 1))), false) }
            }
            var filler = elements.last
            if filler == nil, let items = schema["items"] { filler = try? sample.value(of: items, depth: 1) }
            if let most = schema["maxItems"]?.intValue, most >= elements.count, most <= 1000, let filler {
                let more = elements + Array(repeating: filler, count: most - elements.count)
                add(place, "at its longest, \(most)", .array(more), true)
                add(place, "one too long", .array(more + [filler]), false)
            }
            guard let first = elements.first, let items = schema["items"], items.objectValue != nil else { return }
            let outer = put
            put = { changed in outer(.array([changed] + elements.dropFirst())) }
            vary(items, first, at: place.appending("0"), depth: depth + 1)
            put = outer
        }

        private mutating func vary(_ schema: JSONObject, _ text: String, at place: JSONPointer) {
            let scalars = Array(text.unicodeScalars)
            func sized(_ count: Int) -> JSONValue {
                var result = String.UnicodeScalarView(scalars.prefix(count))
                for _ in 0..<max(0, count - scalars.count) { result.append(scalars.last ?? "a") }
                return .string(String(result))
            }
            if let least = schema["minLength"]?.intValue, least > 0, least <= BoundaryCases.lengthLimit {
                add(place, "at its shortest, \(least)", sized(least), true)
                add(place, "one too short", sized(least - 1), false)
            }
            if let most = schema["maxLength"]?.intValue, most >= 0, most <= BoundaryCases.lengthLimit {
                add(place, "at its longest, \(most)", sized(most), true)
                add(place, "one too long", sized(most + 1), false)
            }
            if schema["pattern"] != nil || schema["format"] != nil { add(place, "of another form", "\u{7}~ ~", false) }
        }

        private mutating func varyNumber(_ schema: JSONObject, at place: JSONPointer) {
            func step(_ number: JSONNumber, _ by: Int) -> JSONValue? {
                if let whole = number.int {
                    let (sum, isOver) = whole.addingReportingOverflow(by)
                    return isOver ? nil : JSONValue(sum)
                }
                return JSONNumber(number.double + Double(by)).map(JSONValue.number)
            }
            for (keyword, word, outwards) in [("minimum", "least", -1), ("maximum", "most", 1)] {
                guard let bound = schema[keyword]?.numberValue else { continue }
                add(place, "at its \(word), \(bound.text)", .number(bound), true)
                if let beyond = step(bound, outwards) { add(place, "beyond its \(word)", beyond, false) }
            }
            for (keyword, word, inwards) in [("exclusiveMinimum", "least", 1), ("exclusiveMaximum", "most", -1)] {
                guard let bound = schema[keyword]?.numberValue else { continue }
                add(place, "at the bound of its \(word), \(bound.text)", .number(bound), false)
                if let within = step(bound, inwards) { add(place, "just within its \(word)", within, true) }
            }
            if isText { add(place, "as text", "no number", false) }
        }

        private mutating func add(_ place: JSONPointer, _ words: String, _ value: JSONValue, _ isValid: Bool) {
            let name = place.tokens.isEmpty ? words : "\(place) \(words)"
            found.append((name, put(value), isValid))
        }
    }
}
