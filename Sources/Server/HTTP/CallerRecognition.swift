import Access
import Gateway
import HTTPTypes
import Hummingbird
import Store

/// Finds out who calls: a token in `Authorization`, or the cookie of a browser session or of the console.
///
/// A cookie alone does not write: a page of another site could send it, so writes with a cookie need the field `X-Footing-Request`, which only a
/// script of this origin can set.
struct CallerRecognition: Sendable {
    static let sessionCookie = SessionCookie.name
    static let consoleCookie = "footing_console"

    let tokens: TokenAuthority

    /// Throws the 401 or 403 problem. `console` prefers the console's cookie where a browser holds both.
    func caller(of request: Request, console: Bool = false) async throws -> Caller {
        if let field = request.headers[.authorization] {
            guard let text = Authorization.token(field) else { throw Self.missing }
            return try await tokens.verify(text).caller()
        }
        let names = console ? [Self.consoleCookie, Self.sessionCookie] : [Self.sessionCookie, Self.consoleCookie]
        guard let text = names.lazy.compactMap({ Self.cookie($0, of: request) }).first else { throw Self.missing }
        if !Self.safeMethods.contains(request.method),
            HTTPField.Name("X-Footing-Request").flatMap({ request.headers[$0] }) == nil
        {
            throw Problem(
                "request_forged", source: .caller, status: 403, title: "Request did not come from the app's own script",
                detail: "This request was refused for your safety.",
                advice: "Writes with a cookie need the header X-Footing-Request: 1.")
        }
        return try await tokens.verify(text).caller()
    }

    static func cookie(_ name: String, of request: Request) -> String? {
        Cookies.value(name, in: request.headers[values: .cookie])
    }

    static func cookieField(_ name: String, _ value: String, path: String, lifetime: Duration, isSecure: Bool) -> String
    {
        "\(name)=\(value); Path=\(path); Max-Age=\(lifetime.components.seconds); HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }

    static let missing = Problem(
        "token_missing", source: .caller, status: 401, title: "Token is missing", detail: "You are not signed in.",
        advice: "Send a Footing token as Authorization: Bearer, or start a browser session with POST /v1/session.")

    private static let safeMethods: Set<HTTPRequest.Method> = [.get, .head, .options]
}

extension Caller {
    /// Throws the 403 problem unless the caller may do everything.
    func requireAdmin() throws {
        guard isAdmin else {
            throw Problem(
                "scope_missing", source: .caller, status: 403, title: "Token lacks the scope",
                detail: "You are not allowed to see this.",
                advice: "This needs a token with the scope admin: footing token new --scope admin")
        }
    }
}
