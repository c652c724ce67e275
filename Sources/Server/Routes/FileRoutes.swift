import Contracts
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
    }

    private func list(_ request: Request, _ context: ServerContext) async throws -> Response {
        let task = try await find(request, context)
        return Response(json: ["files": .array(try tasks.files(task.id).map(\.json))])
    }

    private func get(_ request: Request, _ context: ServerContext) async throws -> Response {
        let task = try await find(request, context)
        let name = try context.parameters.require("name")
        guard let file = try tasks.file(task.id, name) else { throw Problem.notFound("This task has no such file.") }
        // Only kinds that cannot run script in our origin are shown in place.
        let mayShow = ["application/pdf", "text/csv", "text/plain", "image/png", "image/jpeg"].contains(
            String(file.type.prefix { $0 != ";" }))
        let disposition = request.parameter("inline") == "1" && mayShow ? "inline" : "attachment"
        var headers: HTTPFields = [
            .contentType: file.type, .contentDisposition: "\(disposition); filename=\"\(file.name)\"",
            .cacheControl: "private, no-cache",
        ]
        if let name = HTTPField.Name("Content-Security-Policy") { headers[name] = "sandbox; default-src 'none'" }
        return Response(status: .ok, headers: headers, body: Self.body(of: file))
    }

    /// In pieces, so that a large file never stands in memory whole.
    private static func body(of file: OpenArtifact) -> ResponseBody {
        ResponseBody(contentLength: file.size) { writer in
            var offset = 0
            while offset < file.size {
                let bytes = try file.read(at: offset, upTo: piece)
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
