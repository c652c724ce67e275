package import Wire

/// Decides who answers a request.
package protocol RequestAcceptor: Sendable {
    /// Called on the event loop of the caller's connection; must not block.
    ///
    /// The answer may be whole before this returns: the delegate then hears nothing.
    func accept(_ head: RequestHead, _ exchange: any ServerExchange) -> any ServerExchangeDelegate

    /// Runs as long as the listener does and is cancelled after the last connection is closed.
    ///
    /// Tasks that answer requests belong in here: they are told of a graceful shutdown at the moment the listener is.
    func run() async
}

extension RequestAcceptor {
    /// For acceptors without tasks.
    package func run() async {}
}
