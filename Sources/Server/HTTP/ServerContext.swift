package import Access
import HTTPTypes
package import Hummingbird
package import Logging

/// What travels with a request through the routes.
package struct ServerContext: RequestContext {
    package typealias Source = ApplicationRequestContextSource

    package var coreContext: CoreRequestContextStorage
    /// Given to the caller with every answer; finds the rest in the logs.
    package var requestID = ""
    package var caller: Caller?
    /// Without its port; empty where there is no network.
    package let remoteAddress: String
    /// Whether the caller came over TLS.
    package let isSecure: Bool

    package init(logger: Logger, remoteAddress: String, isSecure: Bool) {
        coreContext = CoreRequestContextStorage(source: LoggerSource(logger: logger))
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
    }

    /// For routers that are driven in process.
    package init(source: ApplicationRequestContextSource) {
        self.init(logger: source.logger, remoteAddress: "", isSecure: false)
    }

    private struct LoggerSource: RequestContextSource {
        let logger: Logger
    }
}
