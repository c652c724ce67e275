/// What makes a recipe unusable, in a sentence for a finding.
struct RecipeFault: Error, Sendable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
