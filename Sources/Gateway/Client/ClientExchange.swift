package import NIOCore
package import Wire

/// The provider's side of one attempt: what the client offers to whoever asked. Confined to its event loop.
///
/// Calls after the end do nothing.
package protocol ClientExchange: AnyObject {
    /// Whether request bytes go out at once; while they do not, the writer pauses its source until `providerIsReady`.
    var isWritable: Bool { get }
    /// Whether any byte of the request reached the network.
    var wasSent: Bool { get }
    /// The next piece of a streamed request's content; pieces before the connection stands are kept.
    func send(_ content: ByteBuffer)
    /// The streamed content is whole.
    func end(trailers: FieldList?)
    /// No more `providerSent` until `resume`.
    func pause()
    func resume()
    /// The answer is a stream to which no end is in sight: `timeout` no longer counts, instead each silence may last this long.
    func liftTimeout(silence: Duration)
    /// Ends the attempt: the connection closes (HTTP/1.1) or the stream is reset (HTTP/2). Nothing is called any more.
    func cancel()
}

/// Whoever made an attempt. Called on the attempt's event loop, never from within `start`.
package protocol ClientExchangeDelegate: AnyObject {
    /// Request bytes go out, at first or again.
    func providerIsReady()
    /// The answer begins; announcements (1xx) but 101 are not told. After 101 content is raw bytes in both directions.
    func providerAnswered(_ head: ResponseHead)
    func providerSent(_ content: ByteBuffer)
    /// The answer is whole; the attempt is over.
    func providerFinished(trailers: FieldList?)
    /// No whole answer comes; the attempt is over.
    func providerFailed(_ error: ClientError)
}

/// One HTTP request to one origin, as it goes on the wire.
package struct ClientRequest: Sendable {
    package enum Content: Sendable {
        case whole(ByteBuffer)
        /// Comes through `ClientExchange.send`.
        case streamed
    }

    package var endpoint: Endpoint
    /// Target without the origin's base path, authority ignored; end-to-end fields and the length.
    package var head: RequestHead
    package var content: Content
    package var connectTimeout: Duration
    /// From the request's start to the answer's head.
    package var firstByteTimeout: Duration
    /// From the request's start to the answer's end.
    package var timeout: Duration

    package init(
        endpoint: Endpoint, head: RequestHead, content: Content, connectTimeout: Duration, firstByteTimeout: Duration,
        timeout: Duration
    ) {
        self.endpoint = endpoint
        self.head = head
        self.content = content
        self.connectTimeout = connectTimeout
        self.firstByteTimeout = firstByteTimeout
        self.timeout = timeout
    }
}

/// What sends requests: the real client, or a double in tests.
package protocol ProviderClient: Sendable {
    /// Sends once; never retries. Must be called on `loop`; everything happens there, on a connection of that loop.
    ///
    /// Keeps the delegate until the attempt is over.
    func start(_ request: consuming ClientRequest, on loop: any EventLoop, _ delegate: any ClientExchangeDelegate)
        -> any ClientExchange
}
