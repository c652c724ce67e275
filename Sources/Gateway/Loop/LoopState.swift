import Access
import NIOCore
import Store
import Synchronization

/// What one event loop keeps for the calls that walk on it. Confined to that loop.
final class LoopState {
    let secrets: SecretCache
    let callers: CallerCache
    let scratch = ContractScratch()

    private var controlsVersion = -1
    private var lastAddress: (text: String, address: CallerAddress?) = ("", nil)

    /// The caller's address as limits see it; the last one is remembered, since calls come in bursts.
    func address(_ text: String) -> CallerAddress? {
        if lastAddress.text != text { lastAddress = (text, CallerAddress(text)) }
        return lastAddress.address
    }

    /// Takes over switches and faults that a person has set since the last call on this loop.
    func adoptControls(of ground: CorridorGround, _ gates: ProviderGates) {
        let version = ground.controls.version
        guard version != controlsVersion else { return }
        controlsVersion = version
        gates.setSwitches(ground.controls.switches, version: version)
        ground.dice.adopt(ground.controls.faults)
    }

    init(secrets: any SecretStore, tokens: TokenAuthority) {
        self.secrets = SecretCache(store: secrets)
        callers = CallerCache(tokens: tokens)
    }
}

/// The states of all loops that calls have walked on.
final class LoopStates: Sendable {
    /// As few as there are cores, so that looking through them is quicker than a table.
    private let states = Mutex<[(loop: ObjectIdentifier, state: NIOLoopBound<LoopState>)]>([])
    private let secrets: any SecretStore
    private let tokens: TokenAuthority

    init(secrets: any SecretStore, tokens: TokenAuthority) {
        self.secrets = secrets
        self.tokens = tokens
    }

    /// Must be called on the loop.
    func state(of loop: any EventLoop) -> LoopState {
        states.withLock { states in
            let wanted = ObjectIdentifier(loop)
            for known in states where known.loop == wanted { return known.state }
            let state = NIOLoopBound(LoopState(secrets: secrets, tokens: tokens), eventLoop: loop)
            states.append((wanted, state))
            return state
        }.value
    }
}
