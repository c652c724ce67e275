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
    private let states = Mutex<[ObjectIdentifier: NIOLoopBound<LoopState>]>([:])
    private let secrets: any SecretStore
    private let tokens: TokenAuthority

    init(secrets: any SecretStore, tokens: TokenAuthority) {
        self.secrets = secrets
        self.tokens = tokens
    }

    /// Must be called on the loop.
    func state(of loop: any EventLoop) -> LoopState {
        states.withLock { states in
            if let state = states[ObjectIdentifier(loop)] { return state }
            let state = NIOLoopBound(LoopState(secrets: secrets, tokens: tokens), eventLoop: loop)
            states[ObjectIdentifier(loop)] = state
            return state
        }.value
    }
}
