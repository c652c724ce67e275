import NIOCore
import Store
import Wire

/// One attempt of a call: hears from the provider and tells the walk, for as long as the walk listens.
final class CallAttempt: ClientExchangeDelegate {
    let pass: GatePass
    /// What it costs, until that is settled.
    var charge: BudgetBook.Charge?
    let began: Int64
    /// How long the limits held it back.
    let held: Int64
    var exchange: (any ClientExchange)?
    var head: ResponseHead?
    /// What the walk decided at the head: throw the content away and try again.
    var next: (after: Duration, reason: String)?
    var discarded = 0
    private var walk: CallWalk?

    init(walk: CallWalk, pass: GatePass, charge: BudgetBook.Charge?, began: Int64, held: Int64) {
        self.walk = walk
        self.pass = pass
        self.charge = charge
        self.began = began
        self.held = held
    }

    func providerIsReady() { walk?.providerIsReady(self) }
    func providerAnswered(_ head: ResponseHead) { walk?.providerAnswered(self, head) }
    func providerSent(_ content: ByteBuffer) { walk?.providerSent(self, content) }

    func providerFinished(trailers: FieldList?) {
        let walk = over()
        walk?.providerFinished(self, trailers)
    }

    func providerFailed(_ error: ClientError) {
        let walk = over()
        walk?.providerFailed(self, error)
    }

    /// Hears nothing any more.
    func cancel() {
        _ = over()
        exchange?.cancel()
    }

    private func over() -> CallWalk? {
        defer { walk = nil }
        return walk
    }
}
