/// How sending a write ended.
package enum IntentOutcome: Sendable, Equatable {
    /// The provider answered, whatever it said.
    case answered(StoredAnswer)
    /// It provably had no effect: never sent, or refused before it was processed. It may be tried again.
    case noEffect
    /// Nobody knows: a person has to look.
    case unknown
}
