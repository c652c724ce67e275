/// One schema of a program: a run of steps.
struct SchemaNode: Sendable {
    var steps: Range<Int> = 0..<0
    /// Holds `unevaluatedProperties` or `unevaluatedItems`, so what its own keywords looked at must be kept.
    var isTracing = false
    /// Says `x-personal: true`.
    var isPersonal = false
    /// The resource it belongs to, for `$dynamicRef`.
    var resource = 0
    /// `#/a/b`, or `URI#/a/b` outside the main document.
    var location = ""
    /// Keywords that say something about a value and refuse nothing, in the order they stand.
    var annotations: [SchemaAnnotation] = []
}

/// One compiled keyword with its name.
struct SchemaStep: Sendable {
    let keyword: String
    let instruction: SchemaInstruction
}
