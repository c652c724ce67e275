package import Access
import HTTPTypes
package import Hummingbird
import Logging
package import NIOCore

/// What travels with a request through the routes.
package struct ServerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Given to the caller with every answer; finds the rest in the logs.
    package var requestID = ""
    package var caller: Caller?
    package let remoteAddress: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
