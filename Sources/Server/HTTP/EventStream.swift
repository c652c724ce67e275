import AsyncAlgorithms
import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle
import Store

/// A stream of server-sent events (WHATWG HTML, "Server-sent events"), with a comment every 15 seconds so that proxies keep it open.
struct EventStream: Sendable {
    struct Event: Sendable {
        let id: Int?
        let name: String
        let data: JSONValue

        /// JSON text has no line break, so one `data` line is enough.
        var bytes: ByteBuffer {
            var buffer = ByteBuffer()
            if let id { buffer.writeString("id: \(id)\n") }
            buffer.writeString("event: \(name)\ndata: ")
            buffer.writeBytes(data.encoded())
            buffer.writeString("\n\n")
            return buffer
        }
    }

    static let heartbeat = Duration.seconds(15)

    /// - Parameter events: hands each event to the closure it is given; returns when the stream is over.
    static func response(
        clock: any WallClock, events: @escaping @Sendable (_ send: @Sendable (Event) async -> Void) async throws -> Void
    ) -> Response {
        var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"]
        // Asks nginx and its like not to hold the stream back.
        if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
            let channel = AsyncChannel<ByteBuffer>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { channel.finish() }
                    try await cancelWhenGracefulShutdown {
                        try await events { await channel.send($0.bytes) }
                    }
                }
                group.addTask {
                    while !Task.isCancelled {
                        try await clock.sleep(for: heartbeat)
                        await channel.send(ByteBuffer(string: ": still here\n\n"))
                    }
                }
                for await bytes in channel {
                    try await writer.write(bytes)
                }
                group.cancelAll()
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }
}
