import Inventory
import NIOCore
import NIOPosix
import Wire

@testable import Gateway

/// Makes attempts on one loop and notes what their delegate is told.
struct ClientProbe: Sendable {
    enum Event: Sendable, Equatable {
        case ready
        case answered(Int)
        case sent(String)
        case finished
        case failed(ClientError)
    }

    /// One attempt's story.
    struct Story: Sendable {
        var events: [Event] = []
        var head: ResponseHead?
        var text = ""
        var trailers: FieldList?
        var error: ClientError?
    }

    typealias Hook = (Notes, Event) -> Void

    /// Confined to the loop.
    final class Notes: ClientExchangeDelegate {
        let ended: EventLoopPromise<Void>
        var story = Story()
        var exchange: (any ClientExchange)?
        /// Whether `start` has returned.
        var hasStarted = false
        private var hook: Hook?

        init(ended: EventLoopPromise<Void>, hook: Hook?) {
            self.ended = ended
            self.hook = hook
        }

        deinit { ended.succeed() }

        func note(_ event: Event) {
            precondition(hasStarted, "told from within start")
            story.events.append(event)
            hook?(self, event)
        }

        func providerIsReady() { note(.ready) }

        func providerAnswered(_ head: ResponseHead) {
            story.head = head
            note(.answered(head.status))
        }

        func providerSent(_ content: ByteBuffer) {
            let text = String(buffer: content)
            story.text += text
            note(.sent(text))
        }

        func providerFinished(trailers: FieldList?) {
            story.trailers = trailers
            end(.finished)
        }

        func providerFailed(_ error: ClientError) {
            story.error = error
            end(.failed(error))
        }

        func send(_ text: String) { exchange?.send(ByteBuffer(string: text)) }

        private func end(_ event: Event) {
            note(event)
            hook = nil
            ended.succeed()
        }
    }

    /// An attempt under way.
    struct Running: Sendable {
        let notes: NIOLoopBoundBox<Notes>

        /// Does something on the loop.
        func run(_ body: @escaping @Sendable (Notes) -> Void) async throws {
            try await notes.eventLoop.submit { body(notes.value) }.get()
        }

        /// The story, once it has ended.
        var story: Story {
            get async throws {
                try await notes.eventLoop.flatSubmit { notes.value.ended.futureResult }.get()
                return try await notes.eventLoop.submit { notes.value.story }.get()
            }
        }

        var isBusy: Bool {
            get async throws { try await notes.eventLoop.submit { notes.value.exchange?.isWritable == false }.get() }
        }

        var storySoFar: Story {
            get async throws { try await notes.eventLoop.submit { notes.value.story }.get() }
        }
    }

    let client: HTTPClient
    let loop: any EventLoop

    init(options: HTTPClient.Options = HTTPClient.Options()) {
        loop = MultiThreadedEventLoopGroup.singleton.next()
        client = HTTPClient(group: MultiThreadedEventLoopGroup.singleton, options: options)
    }

    func begin(_ request: ClientRequest, _ hook: (@Sendable (Notes, Event) -> Void)? = nil) async throws -> Running {
        let notes = try await loop.submit { [client, loop] in
            let notes = Notes(ended: loop.makePromise(), hook: hook)
            notes.exchange = client.start(request, on: loop, notes)
            notes.hasStarted = true
            return NIOLoopBoundBox(notes, eventLoop: loop)
        }.get()
        return Running(notes: notes)
    }

    func story(_ request: ClientRequest, _ hook: (@Sendable (Notes, Event) -> Void)? = nil) async throws -> Story {
        try await begin(request, hook).story
    }

    /// No attempt is left, and no connection but idle ones.
    func isAtRest() async -> Bool {
        let counts = await client.counts()
        return counts.attempts == 0 && counts.waiting == 0 && counts.open == counts.idle
    }
}

extension ClientRequest {
    static func to(
        _ endpoint: Endpoint, _ method: String = "GET", _ target: String = "/a?b=c", fields: FieldList = [:],
        body: String = "", patience: Duration = .seconds(60)
    ) -> ClientRequest {
        ClientRequest(
            endpoint: endpoint,
            head: RequestHead(
                method: method, target: target, authority: "", fields: fields,
                length: body.isEmpty ? .none : .exactly(body.utf8.count)),
            content: .whole(ByteBuffer(string: body)), connectTimeout: patience, firstByteTimeout: patience,
            timeout: patience)
    }

    /// Content comes by `send`.
    static func streaming(_ endpoint: Endpoint, _ length: BodyLength) -> ClientRequest {
        var request = ClientRequest.to(endpoint, "POST")
        request.head.length = length
        request.content = .streamed
        return request
    }
}

extension Endpoint {
    static func local(_ port: Int, basePath: String = "", http2: HTTP2Use = .auto) -> Endpoint {
        Endpoint(ServiceURL(scheme: .http, host: "127.0.0.1", port: port, basePath: basePath), http2: http2)
    }
}

/// Looks again and again until it is so; false when it is not so for a minute.
func comesTrue(_ condition: () async throws -> Bool) async rethrows -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return false
}
