package import Access
import Inventory
package import Store
import Synchronization

/// What all calls share, whatever loop they walk on.
final class CorridorGround: Sendable {
    let table: Mutex<RouteTable>
    let tokens: TokenAuthority
    let secrets: any SecretStore
    let intents: any IntentStore
    let client: any ProviderClient
    let sink: any CallSink
    let approvals: (any ApprovalGate)?
    let deferral: (any Deferral)?
    let callers: CallerLimits
    let budgets: Mutex<BudgetBook>
    let unsettled: UnsettledWrites
    let controls: ControlBoard
    let dice: FaultDice
    let cache: AnswerCache
    let recorder = Recorder()
    let clock: any WallClock
    let ids: any IDSource
    let jitter: any Jitter
    let timers: any Timers
    /// Who sends, for the intents.
    let node: String
    let states: LoopStates

    init(_ parts: CorridorParts, table: RouteTable) {
        self.table = Mutex(table)
        tokens = parts.tokens
        secrets = parts.secrets
        intents = parts.intents
        client = parts.client
        sink = parts.sink
        approvals = parts.approvals
        deferral = parts.deferral
        callers = CallerLimits(table.project.callers)
        budgets = Mutex(BudgetBook(table.project.budgets))
        unsettled = parts.unsettled
        controls = parts.controls
        dice = FaultDice(environment: table.project.environment, jitter: parts.jitter)
        cache = parts.cache
        clock = parts.clock
        ids = parts.ids
        jitter = parts.jitter
        timers = parts.timers
        node = parts.node
        states = LoopStates(secrets: parts.secrets, tokens: parts.tokens)
    }

    func now() -> Moment { Moment(clock) }
}

/// What a corridor is put together from.
package struct CorridorParts: Sendable {
    package var tokens: TokenAuthority
    package var secrets: any SecretStore
    package var intents: any IntentStore
    package var client: any ProviderClient
    package var sink: any CallSink
    package var unsettled: UnsettledWrites
    package var controls: ControlBoard
    package var cache = AnswerCache()
    package var approvals: (any ApprovalGate)?
    package var deferral: (any Deferral)?
    package var clock: any WallClock
    package var ids: any IDSource
    package var jitter: any Jitter = SystemJitter()
    package var timers: any Timers = LoopTimers()
    package var node: String

    package init(
        tokens: TokenAuthority, secrets: any SecretStore, intents: any IntentStore, client: any ProviderClient,
        sink: any CallSink, unsettled: UnsettledWrites, controls: ControlBoard, clock: any WallClock,
        ids: any IDSource, node: String
    ) {
        self.tokens = tokens
        self.secrets = secrets
        self.intents = intents
        self.client = client
        self.sink = sink
        self.unsettled = unsettled
        self.controls = controls
        self.clock = clock
        self.ids = ids
        self.node = node
    }
}
