import NIOCore
import Wire

/// What one attempt runs on: an HTTP/1.1 connection or a stream of HTTP/2. Confined to its event loop.
protocol Carrier: AnyObject {
    var isWritable: Bool { get }
    func send(_ content: ByteBuffer)
    func end(trailers: FieldList?)
    /// The attempt takes pieces of the answer again.
    func resume()
    /// The provider was silent about `Expect: 100-continue` for long enough.
    func stopHolding()
    func cancel()
}
