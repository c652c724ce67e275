import Gateway
import Wire

/// Decides who answers: the corridor what is meant for providers, the routes everything else.
struct FrontDoor: RequestAcceptor {
    let corridor: Corridor
    let bridge: ControlBridge

    func accept(_ head: RequestHead, _ exchange: any ServerExchange) -> any ServerExchangeDelegate {
        guard let target = CallTarget(head.target) else { return bridge.accept(head, exchange) }
        return corridor.passThrough(head, target, exchange)
    }

    func run() async {
        await bridge.run()
    }
}
