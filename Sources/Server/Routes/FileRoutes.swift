import Contracts
import Gateway
import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Tasks

/// `/v1/tasks/{id}/files`: what a task has made.
struct FileRoutes {
    let recognition: CallerRecognition
    let tasks: TaskService

    func add(to router: Router<ServerContext>) {
        router.get("v1/tasks/{id}/files") { request, context in try await list(request, context) }
        router.get("v1/tasks/{id}/files/{name}") { request, context in try await get(request, context) }
        router.head("v1/tasks/{id}/files/{name}") { request, context in
            try await get(request, context).createHeadResponse()
        }
    }

    private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let task = try await find(request, context)
        return Response(json: ["files": .array(try tasks.files(task.id).map(\.json))])
    }

    private func get(_ request: Request, _ context: ServerContext) async throws -> Response {
        let task = try await find(request, context)
        let name = try context.parameters.require("name")
        let isInline = try request.choice("inline", ["0", "1"]) == "1"
        guard let file = try tasks.file(task.id, name) else { throw Problem.notFound("This task has no such file.") }
        let tag = "\"\(file.tag)\""
        let kind = file.type.prefix { $0 != ";" }
        let disposition = isInline && Self.shown.contains(String(kind)) ? "inline" : "attachment"
        var headers: HTTPFields = [
            .contentType: file.type, .contentDisposition: "\(disposition); filename=\"\(file.name)\"",
            .cacheControl: "private, no-cache", .eTag: tag, .lastModified: HTTPDate.text(file.created),
            .acceptRanges: "bytes", .contentSecurityPolicy: Self.policy,
        ]
        switch FileSelection.make(request.head, tag: tag, modified: file.created, size: file.size) {
        case .whole:
            return Response(status: .ok, headers: headers, body: Self.body(of: file, 0..<file.size))
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
            return Response(status: .partialContent, headers: headers, body: Self.body(of: file, range))
        case .notModified:
            headers[.contentType] = nil
            headers[.contentDisposition] = nil
            return Response(status: .notModified, headers: headers)
        case .changed:
            throw Problem(
                "precondition_failed", source: .caller, status: 412, title: "The file is another one",
                detail: "This file is not the one that was expected.")
        case .unsatisfiable:
            let problem = Problem(
                "range_unsatisfiable", source: .caller, status: 416, title: "The range is not in the file",
                detail: "This file has \(file.size) bytes.")
            var response = Response(problem: problem, requestID: context.requestID)
            response.headers[.contentRange] = "bytes */\(file.size)"
            return response
        }
    }

    /// Only kinds that cannot run script in our origin are shown in place, and those in a sandbox.
    private static let shown: Set = [
        "application/pdf", "application/json", "text/csv", "text/plain", "text/tab-separated-values", "image/png",
        "image/jpeg", "image/gif", "image/webp",
    ]
    private static let policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"

    /// In pieces, so that a large file never stands in memory whole.
    private static func body(of file: OpenArtifact, _ range: Range<Int>) -> ResponseBody {
        ResponseBody(contentLength: range.count) { writer in
            var offset = range.lowerBound
            while offset < range.upperBound {
                let bytes = try file.read(at: offset, upTo: min(piece, range.upperBound - offset))
                guard !bytes.isEmpty else { break }
                offset += bytes.count
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
    }

    private static let piece = 256 << 10

    private func find(_ request: Request, _ context: ServerContext) async throws -> TaskRecord {
        let caller = try await recognition.caller(of: request)
        return try await TaskRoutes.find(context.parameters.require("id"), for: caller, in: tasks)
    }
}
