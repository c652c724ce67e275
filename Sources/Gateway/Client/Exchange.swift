import HTTPTypes
import NIOCore
import NIOHTTP1

/// The state of one client connection: idle, or in the middle of one request and its answer.
///
/// A pure state machine; the channel handler feeds it and does what it says.
struct Exchange {
    enum Action: Equatable {
        case nothing
        /// The answer is whole; `reuse` tells whether the connection may carry another request.
        case finish(status: Int, headers: HTTPFields, body: ByteBuffer, reuse: Bool)
        case fail(ClientError)
        /// The peer spoke or left while nothing was asked.
        case close
    }

    private enum State {
        case idle
        case awaitingHead
        case receiving(HTTPResponseHead, ByteBuffer)
        case closed
    }

    private var state = State.idle
    private let bodyLimit: Int

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    var isIdle: Bool {
        if case .idle = state { true } else { false }
    }

    /// The whole request was handed to the socket.
    mutating func requestSent() {
        guard case .idle = state else { return }
        state = .awaitingHead
    }

    mutating func received(_ part: HTTPClientResponsePart) -> Action {
        switch (state, part) {
        case (.awaitingHead, .head(let head)):
            // 1xx answers are announcements; the real one follows (RFC 9110, 15.2).
            guard head.status.code >= 200 || head.status.code == 101 else { return .nothing }
            guard head.status.code != 101 else {
                return fail(.malformed, "switching protocols was not asked for")
            }
            state = .receiving(head, ByteBuffer())
            return .nothing
        case (.awaitingHead, .end):
            return .nothing
        case (.receiving(let head, var body), .body(let bytes)):
            guard body.readableBytes + bytes.readableBytes <= bodyLimit else {
                return fail(.tooLarge, "the answer is larger than \(bodyLimit) bytes")
            }
            state = .closed
            body.writeImmutableBuffer(bytes)
            state = .receiving(head, body)
            return .nothing
        case (.receiving(let head, let body), .end):
            let reuse = head.isKeepAlive
            state = reuse ? .idle : .closed
            return .finish(
                status: Int(head.status.code), headers: HTTPFields(head.headers), body: body, reuse: reuse)
        case (.closed, _):
            return .nothing
        default:
            state = .closed
            return .close
        }
    }

    mutating func failed(_ reason: ClientError.Reason, _ detail: String) -> Action {
        fail(reason, detail)
    }

    private mutating func fail(_ reason: ClientError.Reason, _ detail: String) -> Action {
        defer { state = .closed }
        switch state {
        case .idle: return .close
        case .closed: return .nothing
        case .awaitingHead, .receiving: return .fail(ClientError(reason, wasSent: true, detail: detail))
        }
    }
}

extension HTTPFields {
    /// Field by field; names that are not legal tokens are left out.
    init(_ headers: HTTPHeaders) {
        self.init()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            append(HTTPField(name: name, value: value))
        }
    }
}
