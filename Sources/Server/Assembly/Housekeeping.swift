import Access
import Logging
import ServiceLifecycle
import Store

/// Removes what has had its day: tokens of browser sessions that ended.
struct Housekeeping: Service {
    static let interval = Duration.seconds(3600)

    let tokens: TokenAuthority
    let clock: any WallClock
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                do {
                    try await tokens.removeExpired()
                } catch {
                    logger.warning("expired tokens not removed", metadata: ["reason": "\(error)"])
                }
            } while (try? await clock.sleep(for: Self.interval)) != nil
        }
    }
}
