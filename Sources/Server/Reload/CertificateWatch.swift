import Gateway
import Logging
import ServiceLifecycle
import Store

/// Looks every few seconds whether the certificate that callers are shown was renewed.
struct CertificateWatch: Service {
    static let interval = Duration.seconds(10)

    let certificate: ShownCertificate
    let clock: any WallClock
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while (try? await clock.sleep(for: Self.interval)) != nil {
                switch certificate.look() {
                case .none: continue
                case .renewed: logger.info("certificate renewed; new connections are shown it")
                case .refused(let fault):
                    logger.error(
                        "certificate refused; the earlier one is still shown", metadata: ["reason": "\(fault)"])
                }
            }
        }
    }
}
