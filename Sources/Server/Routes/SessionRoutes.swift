import Access
import Contracts
import Gateway
import HTTPTypes
import Hummingbird
import Inventory
import Store
import Synchronization

/// `POST /v1/session`: gives a browser of the app a short-lived token in a cookie that scripts cannot read.
///
/// New sessions are bounded for all visitors together, so that nobody fills the store with them.
final class SessionRoutes: Sendable {
    private let tokens: TokenAuthority
    private let corridor: Corridor
    private let clock: any WallClock
    private let fresh = Mutex(TokenBucket(count: 20, per: .seconds(1), burst: 200))

    init(tokens: TokenAuthority, corridor: Corridor, clock: any WallClock) {
        self.tokens = tokens
        self.corridor = corridor
        self.clock = clock
    }

    func add(to router: Router<ServerContext>) {
        router.post("v1/session") { request, _ in try await self.start(request) }
    }

    private func start(_ request: Request) async throws -> Response {
        let project = corridor.routes.project
        guard let rules = project.browser else {
            throw Problem(
                "sessions_off", source: .footing, status: 403, title: "Browser sessions are off",
                detail: "This app does not allow visitors.", advice: "Add browser.scopes to footing/footing.yaml.")
        }
        try Self.checkOrigin(request)
        if let text = CallerRecognition.cookie(CallerRecognition.sessionCookie, of: request),
            let caller = try? await tokens.verify(text).caller(), let expires = caller.expires
        {
            return Response(json: Self.session(expires: expires, scopes: caller.scopes.map(\.description)))
        }
        let wait = fresh.withLock { bucket in
            let now = Moment(clock)
            let wait = bucket.wait(at: now)
            if wait == .zero { _ = bucket.reserve(at: now) }
            return wait
        }
        guard wait == .zero else {
            throw Problem(
                "too_many_sessions", source: .caller, status: 429, title: "Too many new sessions",
                detail: "Too many people come at once. Try again in a moment.", isRetryable: true,
                retryAfter: max(wait, .seconds(1)))
        }
        let issued = try await tokens.issue(name: "browser session", scopes: rules.scopes, ttl: rules.ttl)
        let cookie = CallerRecognition.cookieField(
            CallerRecognition.sessionCookie, issued.text, path: "/", lifetime: rules.ttl, isSecure: request.isBehindTLS)
        return Response(
            json: Self.session(expires: issued.record.expires ?? clock.now() + rules.ttl, scopes: rules.scopes),
            headers: [.setCookie: cookie])
    }

    private static func session(expires: Timestamp, scopes: [String]) -> JSONValue {
        ["expires": .string(expires.description), "scopes": .array(scopes.map { .string($0) })]
    }

    /// A page of another site must not start sessions: its `Origin` names another host.
    private static func checkOrigin(_ request: Request) throws {
        guard let origin = request.headers[.origin], origin != "null" else { return }
        let host = origin.split(separator: "/").last.map(String.init)
        guard host == request.head.authority else {
            throw Problem(
                "origin_refused", source: .caller, status: 403, title: "Origin is not allowed",
                detail: "This page may not use this service.")
        }
    }
}

extension Request {
    /// Whether the browser reached us over TLS, as a proxy in front of us says.
    var isBehindTLS: Bool {
        HTTPField.Name("X-Forwarded-Proto").flatMap { headers[$0] }?.lowercased() == "https"
    }
}
