import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// One vendor on one port of the loopback interface: turns HTTP into questions and replies into HTTP.
final class Listener: Sendable {
    private struct Cut: Error {}

    let name: String
    private let port: Int
    private let keyPlace: String
    private let speed: Double
    private let desk: Mutex<Desk>

    init(desk: Desk, port: Int) {
        name = desk.vendor.name
        keyPlace = desk.vendor.keyPlace
        speed = desk.speed
        self.port = port
        self.desk = Mutex(desk)
    }

    /// The server, ready to run; prints one line as soon as it takes connections.
    func application() -> Application<CallbackResponder<BasicRequestContext>> {
        var logger = Logger(label: "vendor.\(name)")
        logger.logLevel = .warning
        return Application(
            responder: CallbackResponder { request, _ in try await self.respond(to: request) },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port), serverName: nil),
            onServerRunning: { channel in self.announce(channel) },
            logger: logger)
    }

    private func announce(_ channel: any Channel) {
        let port = channel.localAddress?.port ?? port
        let keys = desk.withLock { $0.keys.count }
        let known = keys == 1 ? "1 key" : "\(keys) keys"
        let line = "\(name) ready on http://127.0.0.1:\(port) (\(keyPlace), \(known))\n"
        FileHandle.standardOutput.write(Data(line.utf8))
    }

    private func respond(to request: Request) async throws -> Response {
        guard let body = try? await request.body.collect(upTo: 1 << 20) else {
            return Response(status: .contentTooLarge)
        }
        let question = Question(
            method: request.method.rawValue, target: request.head.path ?? "/",
            headers: request.headers.reduce(into: [:]) { $0[$1.name.canonicalName] = $1.value },
            body: Data(body.readableBytesView))
        if question.path.first == "_control" {
            return response(desk.withLock { Control.answer(question, desk: &$0) })
        }
        let reply = desk.withLock { $0.answer(question, now: Date()) }
        try await Task.sleep(for: .seconds(reply.delay / speed))
        return response(reply)
    }

    private func response(_ reply: Reply) -> Response {
        var fields = HTTPFields()
        for header in reply.headers {
            if let name = HTTPField.Name(header.name) { fields.append(HTTPField(name: name, value: header.value)) }
        }
        let buffer = ByteBuffer(bytes: reply.body)
        let status = HTTPResponse.Status(code: reply.status)
        guard reply.ending == .cut else {
            return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: buffer))
        }
        let body = ResponseBody(contentLength: buffer.readableBytes + 1) { writer in
            try await writer.write(buffer)
            throw Cut()
        }
        return Response(status: .ok, headers: fields, body: body)
    }
}
