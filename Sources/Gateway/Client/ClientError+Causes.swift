import NIOCore
import NIOPosix
import NIOSSL

extension ClientError {
    /// Why a connection could not be made.
    init(connecting error: any Error) {
        switch error {
        case let error as ClientError:
            self = error
        case ChannelError.connectTimeout:
            self.init(.timeout, wasSent: false, detail: "no connection in time")
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            self.init(.unreachable, wasSent: false, detail: "the name \(error.host) does not resolve")
        default:
            self.init(.unreachable, wasSent: false, detail: "\(error)")
        }
    }

    /// Why a standing connection ended.
    init(broken error: (any Error)?, wasSent: Bool) {
        switch error {
        case nil:
            self.init(.closed, wasSent: wasSent, detail: "the provider closed the connection")
        case NIOSSLError.uncleanShutdown?:
            self.init(.closed, wasSent: wasSent, detail: "the connection ended without TLS saying so")
        case .some(let error) where error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError:
            self.init(.tls, wasSent: wasSent, detail: "\(error)")
        case .some(let error):
            self.init(.closed, wasSent: wasSent, detail: "\(error)")
        }
    }
}
