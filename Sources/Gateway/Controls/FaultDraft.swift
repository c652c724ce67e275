package import Store

/// A fault as a person asks for it.
package struct FaultDraft: Sendable, Equatable {
    package var provider: String
    package var operation: String?
    package var kind: FaultRule.Kind
    package var rate: Double
    package var delay: Duration
    /// nil: until it is taken away.
    package var lifetime: Duration?

    package init(
        provider: String, operation: String? = nil, kind: FaultRule.Kind, rate: Double = 1, delay: Duration = .zero,
        lifetime: Duration? = nil
    ) {
        self.provider = provider
        self.operation = operation
        self.kind = kind
        self.rate = rate
        self.delay = delay
        self.lifetime = lifetime
    }
}
