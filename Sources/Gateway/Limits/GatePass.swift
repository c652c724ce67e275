/// A place at a provider and leave to send one attempt.
///
/// Its holder waits as long as it says, sends, and ends it with one `report` and one `leave`.
package struct GatePass: Sendable, Equatable {
    /// Until the attempt may be sent; zero nearly always.
    package let wait: Duration
    /// The operation, as `ProviderGate.slot(of:)` numbered it.
    package let slot: Int
    /// Counts the attempts of one provider in the order they were let through.
    let number: Int64
    /// Set where the attempt is one of those that decide whether a breaker closes.
    let probe: Int64?
    let providerProbe: Int64?
    /// Set where it waits: its turns at the rates and quotas.
    let turns: Turns?

    struct Turns: Sendable, Equatable {
        var rate: Int64 = 0
        var operationRate: Int64 = 0
        var quota: DayQuota.Turn?
        var operationQuota: DayQuota.Turn?
    }

    init(wait: Int64, slot: Int, number: Int64, probe: Int64?, providerProbe: Int64?, turns: Turns?) {
        self.wait = .nanoseconds(wait)
        self.slot = slot
        self.number = number
        self.probe = probe
        self.providerProbe = providerProbe
        self.turns = turns
    }

    /// The same pass with another wait.
    func waiting(_ wait: Int64, _ turns: Turns?) -> Self {
        Self(wait: wait, slot: slot, number: number, probe: probe, providerProbe: providerProbe, turns: turns)
    }
}
