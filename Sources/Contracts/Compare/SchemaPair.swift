/// Two programs being compared, with what was shown about their schemas so far.
struct SchemaPair {
    private var forward: SchemaSubset
    private var backward: SchemaSubset

    init(old: Schema, new: Schema) {
        forward = SchemaSubset(from: old, to: new)
        backward = SchemaSubset(from: new, to: old)
    }

    /// The changes from one schema of the old program to one of the new.
    mutating func changes(
        for side: ContractChange.Side, old: Int = 0, new: Int = 0
    ) -> [ContractChange] {
        var walk = AnnotationWalk(old: forward.from.program, new: forward.to.program, side: side)
        let annotations = walk.run(from: old, to: new)
        if forward.sameness.areSame(old, new) { return annotations }
        let (older, newer) = (forward.gaps(from: old, to: new), backward.gaps(from: new, to: old))
        let (harmful, harmless) = side == .request ? (older, newer) : (newer, older)
        let changes = harmful.map { GapWords(side: side, isHarmful: true).change($0) }
        let told = Set(changes.map(\.pointer))
        return changes
            + harmless.filter { $0.rule != "size" }.map { GapWords(side: side, isHarmful: false).change($0) }
            .filter { !told.contains($0.pointer) } + annotations
    }
}
