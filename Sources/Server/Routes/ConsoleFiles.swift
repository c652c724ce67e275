import Access
import Contracts
import Gateway
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// The console's own files, held in the binary, and its sign-in.
struct ConsoleFiles {
    let tokens: TokenAuthority
    let signIn: SignInCodes

    private static let sessionLifetime = Duration.seconds(12 * 3600)
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

    func add(to router: Router<ServerContext>) {
        router.get("console") { request, _ in try Self.file(request) }
        router.get("console/**") { request, _ in try Self.file(request) }
        router.get("console/login") { request, _ in
            guard let code = request.parameter("code") else { return try Self.file(request) }
            return try await redeem(code, request)
        }
        router.post("console/login") { request, _ in try await login(request) }
        router.post("console/logout") { request, _ in Self.signedOut(request) }
    }

    /// Decoded once, when the first page is asked for.
    private static let compressed = ConsoleAssets.files.compactMapValues { $0.decodeGzip() }

    /// A file by name, else the shell, which finds its page by the address.
    private static func file(_ request: Request) throws -> Response {
        let path = request.uri.path
        let asked = path.hasPrefix("/console/") ? String(path.dropFirst("/console/".count)) : ""
        let name = ConsoleAssets.files[asked] == nil && !asked.contains(".") ? "index.html" : asked
        guard let asset = ConsoleAssets.files[name] else {
            throw Problem.notFound("The console has no such file.")
        }
        let gzip = AcceptEncoding.allowsGzip(request.headers[.acceptEncoding]) ? compressed[name] : nil
        let tag = asset.entityTag(gzip == nil ? .plain : .gzip)
        var headers: HTTPFields = [
            .contentType: asset.type, .eTag: tag, .cacheControl: "no-cache", .vary: "Accept-Encoding",
            .contentSecurityPolicy: policy,
        ]
        if request.headers[.ifNoneMatch].map({ EntityTags.hold(tag, in: $0, weakly: true) }) == true {
            return Response(status: .notModified, headers: headers)
        }
        if gzip != nil { headers[.contentEncoding] = "gzip" }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: gzip ?? ByteBuffer(staticString: asset.text)))
    }

    /// A one-time code from the terminal becomes a console session.
    private func redeem(_ code: String, _ request: Request) async throws -> Response {
        guard await signIn.redeem(code) else {
            return Self.redirect(to: "/console/login?failed=code")
        }
        let issued = try await tokens.issue(name: "console", scopes: ["admin"], ttl: Self.sessionLifetime)
        return Self.signedIn(issued.text, request)
    }

    /// A pasted token becomes the console's cookie, if it may see everything.
    private func login(_ request: Request) async throws -> Response {
        var request = request
        let body = try await request.wholeBody(limit: 4096)
        let form = FormEncoding.decode(query: String(buffer: body)) ?? []
        let text = form.first { $0.name == "token" }?.value.filter { !$0.isWhitespace } ?? ""
        guard let caller = try? await tokens.verify(text).caller(), caller.isAdmin else {
            throw Problem(
                "token_invalid", source: .caller, status: 401, title: "Token does not open the console",
                detail: "That token does not open the console.", advice: "Print a sign-in link: footing token console")
        }
        return Self.signedIn(text, request)
    }

    private static func signedIn(_ token: String, _ request: Request) -> Response {
        var response = redirect(to: "/console/")
        response.headers[.setCookie] = CallerRecognition.cookieField(
            CallerRecognition.consoleCookie, token, path: "/", lifetime: sessionLifetime, isSecure: request.isBehindTLS)
        return response
    }

    private static func signedOut(_ request: Request) -> Response {
        var response = redirect(to: "/console/login")
        response.headers[.setCookie] = CallerRecognition.cookieField(
            CallerRecognition.consoleCookie, "", path: "/", lifetime: .zero, isSecure: request.isBehindTLS)
        return response
    }

    private static func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }
}
