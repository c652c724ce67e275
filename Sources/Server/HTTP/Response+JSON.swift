import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import Store

extension Response {
    /// A JSON answer that nobody may cache.
    init(_ status: HTTPResponse.Status = .ok, json: JSONValue, headers: HTTPFields = [:]) {
        var headers = headers
        headers[.contentType] = headers[.contentType] ?? "application/json"
        headers[.cacheControl] = "no-store"
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.encoded())))
    }

    init(problem: Problem, requestID: String) {
        var headers: HTTPFields = [.contentType: "application/problem+json"]
        if let seconds = problem.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
        if problem.status == 401 { headers[.wwwAuthenticate] = "Bearer realm=\"footing\"" }
        if !problem.allowed.isEmpty { headers[.allow] = problem.allowed.joined(separator: ", ") }
        self.init(HTTPResponse.Status(code: problem.status), json: problem.json(requestID: requestID), headers: headers)
    }
}

extension Problem {
    static func notFound(_ detail: String) -> Problem {
        Problem("not_found", source: .caller, status: 404, title: "Not found", detail: detail)
    }

    static func badRequest(_ detail: String, faults: [Fault] = []) -> Problem {
        Problem(
            "input_invalid", source: .caller, status: 400, title: "The request cannot be used", detail: detail,
            faults: faults)
    }
}

extension HTTPField.Name {
    /// RFC 9110, 10.2.3.
    static var retryAfter: HTTPField.Name { HTTPField.Name("Retry-After") ?? .date }
}
