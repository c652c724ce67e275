import HTTPTypes
import Hummingbird
import Logging
import Store

/// Serves the app's front end at `/`: what no route has claimed is looked for in the app's folder.
///
/// Files whose name begins with a dot stay private (`.env`, `.git`), except `.well-known`.
struct AppFiles: RouterMiddleware {
    private let files: FileMiddleware<ServerContext, LocalFileSystem>

    init(folder: String, logger: Logger) {
        // The library tells the folder's whole path at every start.
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        files = FileMiddleware(
            folder, cacheControl: CacheControl([(.init(type: .any, subType: "*"), [.noCache])]),
            searchForIndexHtml: true, logger: logger)
    }

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard !Self.isPrivate(request.uri.path), request.method == .get || request.method == .head else {
            return try await next(request, context)
        }
        var response = try await files.handle(request, context: context, next: next)
        if let name = HTTPField.Name("Content-Security-Policy"), response.headers[name] == nil {
            response.headers[name] = Self.policy
        }
        return response
    }

    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

    private static func isPrivate(_ path: String) -> Bool {
        path.lowercased().replacing("%2e", with: ".").split(separator: "/").contains {
            $0.hasPrefix(".") && $0 != ".well-known"
        }
    }
}
