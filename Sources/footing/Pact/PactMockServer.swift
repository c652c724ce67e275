import Contracts
import HTTPTypes
import Hummingbird
import Inventory
import Logging
import NIOCore
import Pact
import Store
import Synchronization

/// Listens for a mock provider and tells what was asked.
final class PactMockServer: Sendable {
    private static let bodyLimit = 64 << 20

    private let mock: Mutex<PactMock>
    private let origin = Mutex<String?>(nil)
    private let clock: any WallClock
    private let terminal: Terminal

    init(_ mock: PactMock, clock: any WallClock, terminal: Terminal = .errors) {
        self.mock = Mutex(mock)
        self.clock = clock
        self.terminal = terminal
    }

    var cases: [ProofCase] { mock.withLock { $0.cases } }

    /// Serves until the process is told to end.
    func run(_ address: ListenAddress, onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
        var logger = Logger(label: "pact")
        logger.logLevel = .critical
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in await self.respond(to: request) },
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? address.port
                self.announce(ListenAddress(host: address.host, port: port))
                await onRunning(port)
            },
            logger: logger)
        do {
            try await application.runService()
        } catch let error as IOError {
            throw Failure(.failed, "\(address) cannot be listened at", evidence: ["\(error)"])
        }
    }

    private func announce(_ address: ListenAddress) {
        origin.withLock { $0 = "\(ServerAddress.local(address, isSecure: false))" }
        let count = mock.withLock { $0.interactionCount }
        Terminal.output.line("Acting on http://\(address) by \(Words.count(count, "interaction")).")
    }

    private func respond(to request: Request) async -> Response {
        guard let body = try? await request.body.collect(upTo: Self.bodyLimit) else {
            return Response(status: .contentTooLarge)
        }
        let asked = Self.request(request, Array(body.readableBytesView))
        let server = origin.withLock { $0 }
        let outcome = mock.withLock { mock in
            var ground = PactGround(milliseconds: clock.now().milliseconds, serverURL: server)
            return mock.answer(asked, &ground)
        }
        switch outcome {
        case .answer(let response):
            terminal.line("\(Shape.ok.text(on: terminal)) \(asked.method) \(asked.path.printable)  \(response.status)")
            return Self.response(response)
        case .refusal(let miss):
            terminal.line("\(Shape.fail.text(on: terminal)) \(asked.method) \(asked.path.printable)  fits nothing")
            terminal.lines(miss.faults.prefix(10).map { "  " + $0.printable })
            return Response(
                status: .internalServerError, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: miss.json.encoded())))
        }
    }

    private static func request(_ request: Request, _ body: [UInt8]) -> PactRequest {
        var headers = PactValues()
        for field in request.headers {
            let name = field.name.canonicalName
            headers.add(name, PactValues.fieldValues(name, field.value), ignoringCase: true)
        }
        let target = request.head.path ?? "/"
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return PactRequest(
            method: request.method.rawValue, path: String(parts[0]),
            query: PactValues(query: parts.count > 1 ? String(parts[1]) : ""),
            content: PactContent(headers: headers, body: PactBody(received: body)))
    }

    private static func response(_ response: PactResponse) -> Response {
        var fields = HTTPFields()
        for entry in response.content.headers.entries {
            guard let name = HTTPField.Name(entry.name), name != .contentLength else { continue }
            let isOneByOne = name == .setCookie
            for value in isOneByOne ? entry.values : [entry.values.joined(separator: ", ")] {
                fields.append(HTTPField(name: name, value: value))
            }
        }
        let bytes = response.content.body.bytes ?? []
        if !bytes.isEmpty, fields[.contentType] == nil {
            fields[.contentType] = "\(response.content.type ?? MediaType.detect(bytes))"
        }
        return Response(
            status: HTTPResponse.Status(code: response.status < 200 ? 200 : min(response.status, 999)), headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
