/// Compares two versions of a schema.
///
/// For requests a change breaks when something that was accepted is refused now; for answers when something may come that
/// the earlier version ruled out. A change that cannot be shown to be harmless is risky: a false alarm may happen, a missed
/// break not. Both schemas mean what `Schema` checks, formats included.
public struct SchemaComparison: Sendable {
    private let old: Schema
    private let new: Schema

    public init(old: Schema, new: Schema) {
        self.old = old
        self.new = new
    }

    /// The changes for one side, the worst first.
    public func changes(for side: ContractChange.Side) -> [ContractChange] {
        var pair = SchemaPair(old: old, new: new)
        return SchemaComparison.sorted(pair.changes(for: side))
    }

    /// Without repeats, the worst first, otherwise as they came.
    static func sorted(_ changes: [ContractChange]) -> [ContractChange] {
        var seen: Set<ContractChange> = []
        return changes.enumerated().filter { seen.insert($0.element).inserted }.sorted { one, two in
            one.element.severity != two.element.severity
                ? one.element.severity > two.element.severity : one.offset < two.offset
        }.map(\.element)
    }
}
