/// A set of code points: ranges and Unicode properties, perhaps turned into its complement.
struct PatternSet: Sendable {
    private(set) var ranges: [ClosedRange<UInt32>] = []
    private(set) var properties: [(property: PatternProperty, isNegated: Bool)] = []
    private(set) var complements: [PatternSet] = []
    var isNegated = false

    static let digit = PatternSet([0x30...0x39])
    static let word = PatternSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// WhiteSpace and LineTerminator of ECMA-262.
    static let space = PatternSet([
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    /// What a dot matches: all but line terminators.
    static let dot = PatternSet([0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029]).negated

    init(_ ranges: [ClosedRange<UInt32>] = []) {
        self.ranges = ranges
    }

    init(_ scalar: UInt32) {
        ranges = [scalar...scalar]
    }

    var negated: PatternSet {
        var copy = self
        copy.isNegated.toggle()
        return copy
    }

    /// The only member, when the set is one plain code point.
    var single: UInt32? {
        guard ranges.count == 1, ranges[0].count == 1, properties.isEmpty, complements.isEmpty, !isNegated else {
            return nil
        }
        return ranges[0].lowerBound
    }

    mutating func add(_ range: ClosedRange<UInt32>) {
        ranges.append(range)
    }

    mutating func add(_ property: PatternProperty, isNegated: Bool) {
        properties.append((property, isNegated))
    }

    mutating func add(_ other: PatternSet) {
        if other.isNegated {
            complements.append(other)
        } else {
            ranges += other.ranges
            properties += other.properties
            complements += other.complements
        }
    }

    func contains(_ scalar: UInt32) -> Bool {
        let isInside =
            ranges.contains { $0.contains(scalar) }
            || properties.contains { $0.property.holds(for: scalar) != $0.isNegated }
            || complements.contains { $0.contains(scalar) }
        return isInside != isNegated
    }
}
