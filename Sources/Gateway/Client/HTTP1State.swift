import NIOCore
import Wire

/// Where one HTTP/1.1 connection stands: idle, or in the middle of one request and its answer.
///
/// A pure state machine; `HTTP1Connection` feeds it and does what it says.
struct HTTP1State {
    enum Action {
        case nothing
        /// The provider asks for the content that was held back.
        case sendContent
        case answer(ResponseHead)
        case content(ByteBuffer)
        /// The answer is whole; `reuse` tells whether the connection may carry another request.
        case finish(FieldList?, reuse: Bool)
        case fail(ClientError.Reason, String)
    }

    /// How far the request is.
    enum Sending {
        case whole
        case streaming
        /// Until the provider answers `Expect: 100-continue`.
        case held
        /// The provider answered without wanting the rest.
        case stopped
        /// The connection speaks another protocol from here on.
        case raw
    }

    private enum Answer {
        case none
        case awaited(announcements: Int)
        case coming(keepsAlive: Bool)
    }

    /// More announcements (1xx) before one answer are an attack.
    static let announcementLimit = 10

    private var answer = Answer.none
    private(set) var sending = Sending.whole
    private var offersUpgrade = false

    var isIdle: Bool {
        if case .none = answer { true } else { false }
    }

    mutating func begin(sending: Sending, offersUpgrade: Bool) {
        answer = .awaited(announcements: 0)
        self.sending = sending
        self.offersUpgrade = offersUpgrade
    }

    /// The request's last byte was handed to the socket.
    mutating func sentAll() {
        if sending == .streaming { sending = .whole }
    }

    /// Held content goes out without having been asked for; false when there is none.
    mutating func stopHolding() -> Bool {
        guard sending == .held else { return false }
        sending = .streaming
        return true
    }

    mutating func received(_ part: ResponsePart) -> Action {
        switch (answer, part) {
        case (.awaited(let announcements), .head(let head)) where head.status < 200 && head.status != 101:
            guard announcements < Self.announcementLimit else {
                return fail(.malformed, "there are too many announcements before the answer")
            }
            answer = .awaited(announcements: announcements + 1)
            return head.status == 100 && stopHolding() ? .sendContent : .nothing
        case (.awaited, .head(let head)) where head.status == 101:
            guard offersUpgrade else { return fail(.malformed, "switching protocols was not asked for") }
            answer = .coming(keepsAlive: false)
            sending = .raw
            return .answer(head)
        case (.awaited, .head(let head)):
            answer = .coming(keepsAlive: head.keepsAlive)
            // A provider that refuses before it has read everything does not want the rest (RFC 9112, 9.5).
            if sending == .held || (sending == .streaming && head.status >= 400) { sending = .stopped }
            return .answer(head)
        case (.coming, .content(let piece)):
            return .content(piece)
        case (.coming(let keepsAlive), .end(let trailers)):
            answer = .none
            return .finish(trailers, reuse: keepsAlive && sending == .whole)
        default:
            return fail(.malformed, "the answer's parts are out of order")
        }
    }

    private mutating func fail(_ reason: ClientError.Reason, _ detail: String) -> Action {
        answer = .none
        return .fail(reason, detail)
    }
}
