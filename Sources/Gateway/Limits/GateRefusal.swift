package import Store

/// Why a provider's gate let a call not through, and when it would.
package struct GateRefusal: Sendable, Equatable {
    /// Fit for the label of a metric.
    package enum Reason: String, Sendable, CaseIterable {
        /// A person switched the provider off.
        case switchedOff = "switched_off"
        case providerBreaker = "provider_breaker"
        case operationBreaker = "operation_breaker"
        /// The breaker has just closed, and calls come back little by little.
        case warmingUp = "warming_up"
        /// The provider asked for a pause.
        case held
        case rate
        case daily
        /// The provider said that nothing is left until its reset.
        case remaining
        /// All places are taken and too many wait for one.
        case crowded
    }

    package let reason: Reason
    /// nil: nobody knows.
    package let retryAfter: Duration?
    package let switchedOff: ProviderSwitch?

    init(_ reason: Reason, retryAfter: Duration?, switchedOff: ProviderSwitch? = nil) {
        self.reason = reason
        self.retryAfter = retryAfter
        self.switchedOff = switchedOff
    }
}
