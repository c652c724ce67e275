import Contracts
import HTTPTypes
import Hummingbird
import Logging
import Store

/// Gives every request an id, turns every failure into `application/problem+json`, and puts the protective fields on every answer.
struct ProblemMiddleware: RouterMiddleware {
    let ids: any IDSource
    let allowed: AllowedMethods
    let logger: Logger

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.requestID = ids.next("r_")
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let problem = problem(for: error, request)
            if problem.status >= 500 || !problem.log.isEmpty {
                logger.log(
                    level: problem.status >= 500 ? .error : .info, "request failed",
                    metadata: [
                        "request_id": "\(context.requestID)", "method": "\(request.method.rawValue)",
                        "path": "\(request.uri.path)",
                        "code": "\(problem.code)", "reason": "\(problem.log)",
                    ])
            }
            response = Response(problem: problem, requestID: context.requestID)
        }
        response.headers[Self.requestIDField] = context.requestID
        response.headers[.xContentTypeOptions] = "nosniff"
        if let name = Self.referrerPolicyField { response.headers[name] = "same-origin" }
        return response
    }

    private static let requestIDField = HTTPField.Name("X-Request-Id") ?? .date
    private static let referrerPolicyField = HTTPField.Name("Referrer-Policy")

    private func problem(for error: any Error, _ request: Request) -> Problem {
        switch error {
        case let problem as Problem:
            return problem
        case let error as HTTPError where error.status == .notFound:
            let methods = allowed.methods(of: request.uri.path)
            guard !methods.isEmpty, !methods.contains(request.method.rawValue) else {
                return .notFound("There is nothing at this address.")
            }
            var problem = Problem(
                "method_not_allowed", source: .caller, status: 405, title: "Method not allowed",
                detail: "This address does not take that method.")
            problem.allowed = methods
            return problem
        case let error as HTTPError where error.status.code < 500:
            return Problem(
                "request_invalid", source: .caller, status: error.status.code, title: "The request cannot be used",
                detail: "The request cannot be used.", log: "\(error)")
        default:
            return .unexpected(error)
        }
    }
}
