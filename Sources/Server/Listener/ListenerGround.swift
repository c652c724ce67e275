import Logging
import Wire

/// What every connection of a listener needs to know.
final class ListenerGround: Sendable {
    let options: ListenerOptions
    let acceptor: any RequestAcceptor
    let load: ListenerLoad
    let logger: Logger

    init(options: ListenerOptions, acceptor: any RequestAcceptor, logger: Logger) {
        self.options = options
        self.acceptor = acceptor
        self.logger = logger
        load = ListenerLoad(limit: options.connections, limitPerAddress: options.connectionsPerAddress)
    }
}
