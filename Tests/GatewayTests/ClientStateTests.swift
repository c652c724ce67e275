import NIOCore
import Testing
import Wire

@testable import Gateway

@Suite("HTTP client: the state of an HTTP/1.1 connection")
struct ClientStateTests {
    private func name(_ action: HTTP1State.Action) -> String {
        switch action {
        case .nothing: "nothing"
        case .sendContent: "send content"
        case .answer(let head): "answer \(head.status)"
        case .content: "content"
        case .finish(_, let reuse): reuse ? "finish, reuse" : "finish, close"
        case .fail(let reason, _): "fail \(reason.rawValue)"
        }
    }

    private func run(_ state: inout HTTP1State, _ parts: ResponsePart...) -> [String] {
        parts.map { name(state.received($0)) }
    }

    private func begun(_ sending: HTTP1State.Sending = .whole, upgrade: Bool = false) -> HTTP1State {
        var state = HTTP1State()
        state.begin(sending: sending, offersUpgrade: upgrade)
        return state
    }

    private let ok = ResponsePart.head(ResponseHead(status: 200, length: .exactly(2)))
    private let hi = ResponsePart.content(ByteBuffer(string: "hi"))

    @Test("a whole answer to a whole request leaves the connection for the next")
    func reuse() {
        var state = begun()
        #expect(run(&state, ok, hi, .end(nil)) == ["answer 200", "content", "finish, reuse"])
        #expect(state.isIdle)
    }

    @Test("a provider that wants to close is let")
    func close() {
        var state = begun()
        #expect(run(&state, .head(ResponseHead(status: 200, keepsAlive: false)), .end(nil)).last == "finish, close")
    }

    @Test("announcements are passed over, up to ten")
    func announcements() {
        var state = begun()
        let early = ResponsePart.head(ResponseHead(status: 103))
        for _ in 0..<10 { #expect(run(&state, early) == ["nothing"]) }
        #expect(run(&state, early) == ["fail malformed"])
        var other = begun()
        #expect(run(&other, early, ok) == ["nothing", "answer 200"])
    }

    @Test("switching protocols is for those who offered it")
    func upgrade() {
        let switching = ResponsePart.head(ResponseHead(status: 101))
        var plain = begun()
        #expect(run(&plain, switching) == ["fail malformed"])
        var offering = begun(upgrade: true)
        #expect(run(&offering, switching, hi, .end(nil)) == ["answer 101", "content", "finish, close"])
    }

    @Test("content that is held goes out on 100, and not at all after a final answer")
    func held() {
        let go = ResponsePart.head(ResponseHead(status: 100))
        var asked = begun(.held)
        #expect(run(&asked, go) == ["send content"])
        #expect(asked.sending == .streaming)
        #expect(run(&asked, go) == ["nothing"])
        var refused = begun(.held)
        #expect(run(&refused, .head(ResponseHead(status: 417)), .end(nil)) == ["answer 417", "finish, close"])
        #expect(refused.sending == .stopped)
        var silent = begun(.held)
        #expect([silent.stopHolding(), silent.stopHolding()] == [true, false])
    }

    @Test("an early refusal stops the sending, an early success does not, and neither leaves the connection")
    func early() {
        var refused = begun(.streaming)
        #expect(run(&refused, .head(ResponseHead(status: 413))) == ["answer 413"])
        #expect(refused.sending == .stopped)
        refused.sentAll()
        #expect(run(&refused, .end(nil)) == ["finish, close"])
        var echoing = begun(.streaming)
        #expect(run(&echoing, ok, hi) == ["answer 200", "content"])
        #expect(echoing.sending == .streaming)
        #expect(run(&echoing, .end(nil)) == ["finish, close"])
        var done = begun(.streaming)
        done.sentAll()
        #expect(run(&done, ok, .end(nil)) == ["answer 200", "finish, reuse"])
    }

    @Test("parts out of order are no answer")
    func order() {
        var state = begun()
        #expect(run(&state, hi) == ["fail malformed"])
        var idle = HTTP1State()
        #expect(run(&idle, ok) == ["fail malformed"])
    }
}

@Suite("HTTP client: framing of a request's content")
struct ClientFramingTests {
    private func pieces(_ framing: inout ContentFraming, _ text: String) throws -> String? {
        try framing.frame(ByteBuffer(string: text)).map { framed in
            [framed.before, framed.piece, framed.after].compactMap { $0.map { String(buffer: $0) } }.joined()
        }
    }

    @Test("pieces of unknown length become chunks, large and small, but an empty one does not end them")
    func chunks() throws {
        var framing = ContentFraming(.streamed)
        #expect(try pieces(&framing, "hello, world") == "c\r\nhello, world\r\n")
        #expect(try pieces(&framing, "") == nil)
        let large = String(repeating: "x", count: 5000)
        #expect(try pieces(&framing, large) == "1388\r\n\(large)\r\n")
        #expect(try framing.end(trailers: nil).map { String(buffer: $0) } == "0\r\n\r\n")
        #expect(try framing.end(trailers: [.etag: "e"]).map { String(buffer: $0) } == "0\r\nETag: e\r\n\r\n")
    }

    @Test("content of announced length may be neither longer nor shorter")
    func exactly() throws {
        var framing = ContentFraming(.exactly(4))
        #expect(try pieces(&framing, "ab") == "ab")
        #expect(throws: ContentFraming.Mismatch.self) { try framing.end(trailers: nil) }
        var copy = framing
        #expect(throws: ContentFraming.Mismatch.self) { try copy.frame(ByteBuffer(string: "abc")) }
        #expect(try pieces(&framing, "cd") == "cd")
        #expect(try framing.end(trailers: nil) == nil)
    }

    @Test("a request without content has none")
    func none() throws {
        var framing = ContentFraming(.none)
        #expect(throws: ContentFraming.Mismatch.self) { try framing.frame(ByteBuffer(string: "a")) }
        #expect(try framing.end(trailers: nil) == nil)
    }
}
