package import NIOCore

/// The caller's side of one request: what the listener offers to whoever answers it.
///
/// Confined to `eventLoop`; HTTP/1.1 and HTTP/2 look the same. Calls after the end or after the caller left do nothing.
package protocol ServerExchange: AnyObject {
    var eventLoop: any EventLoop { get }
    /// The caller's address without its port.
    var remoteAddress: String { get }
    /// Whether the caller came over TLS.
    var isSecure: Bool { get }
    /// Whether answer bytes go out at once; while they do not, the writer pauses its source until `callerIsReady`.
    var isWritable: Bool { get }

    /// `100 Continue`, where the caller waits for it; does nothing otherwise.
    func sendContinue()
    /// Begins the answer. A length of `.exactly` is kept to; HEAD answers have no content whatever is sent.
    /// Status 101 turns the rest into raw bytes in both directions.
    func send(_ head: ResponseHead)
    func send(_ content: ByteBuffer)
    /// Ends the answer.
    func end(trailers: FieldList?)
    /// A whole answer in one write.
    func answer(_ head: ResponseHead, _ content: ByteBuffer)
    /// Ends a begun answer so that the caller notices that it is not whole.
    func abort()

    /// No more `callerSent` until `resume`; the peer is slowed down.
    func pause()
    func resume()
}

/// Whoever answers a request: told of its content and of the caller's state. Called on the exchange's event loop.
package protocol ServerExchangeDelegate: AnyObject {
    func callerSent(_ content: ByteBuffer)
    /// The request is whole.
    func callerFinished(trailers: FieldList?)
    /// The caller went away before the answer was whole; nothing more is called.
    func callerLeft()
    /// Answer bytes go out again.
    func callerIsReady()
}
