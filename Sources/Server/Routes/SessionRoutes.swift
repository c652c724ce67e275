import Access
import Contracts
import Gateway
import HTTPTypes
import Hummingbird
import Inventory
import Store

/// `POST /v1/session`: gives a browser of the app a short-lived token in a cookie that scripts cannot read.
struct SessionRoutes {
    let tokens: TokenAuthority
    let corridor: Corridor
    let clock: any WallClock

    func add(to router: Router<ServerContext>) {
        router.post("v1/session") { request, _ in try await start(request) }
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
            let caller = try? await tokens.caller(presenting: text), let expires = caller.expires
        {
            return Response(json: Self.session(expires: expires, scopes: caller.scopes.map(\.description)))
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
