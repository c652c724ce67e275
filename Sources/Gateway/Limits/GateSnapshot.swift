package import Store

/// What a provider's gate looks like to a person.
package struct GateSnapshot: Sendable, Equatable {
    package struct OperationState: Sendable, Equatable {
        package let name: String
        package let breaker: Breaker.Position
        package let running: Int
        /// Of the operation's own quota; nil where it has none.
        package let dailyLeft: Int?
    }

    /// The provider's own breaker; those of operations stand beside it.
    package let breaker: Breaker.Position
    /// Sorted by name; `undeclared` for all that the inventory does not name.
    package let operations: [OperationState]
    /// Attempts under way.
    package let running: Int
    /// Calls that wait for a place.
    package let waiting: Int
    /// How long the provider asked everyone to pause.
    package let pause: Duration
    package let dailyLeft: Int?
    /// What the provider said is left until its reset; nil when it said nothing, or the reset is past.
    package let remaining: Int?
    /// Until that reset.
    package let resetAfter: Duration?
    package let switchedOff: ProviderSwitch?
    /// Retries of the last ten seconds.
    package let retries: Int
}
