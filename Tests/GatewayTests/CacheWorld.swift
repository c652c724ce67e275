import Contracts
import Inventory
import NIOCore
import Store
import Synchronization
import Testing
import Wire

@testable import Gateway

/// A cache, a time that stands still until a test moves it, and a provider that answers what a test says.
final class CacheWorld {
    let cache: AnswerCache
    var rules = CacheRules(lifetime: .seconds(60))
    private(set) var asked = 0
    private var uptime = Duration.seconds(1000)
    /// 2026-11-24T12:00:00Z.
    private var wall = Timestamp(milliseconds: 1_795_521_600_000)

    init(_ bounds: CacheBounds = CacheBounds()) {
        cache = AnswerCache(bounds)
    }

    var moment: Moment { Moment(uptime: uptime, wall: wall) }

    func pass(_ time: Duration) {
        uptime += time
        wall = wall + time
    }

    /// The date of now, or of some time before.
    func date(ago: Duration = .zero) -> String { HTTPDate.text(wall - ago) }

    func request(
        _ path: String = "/v1/rents/mitte", query: String? = nil, method: String = "GET", tenant: String = "acme",
        fields: FieldList = [:], input: JSONValue? = nil
    ) throws -> CacheRequest {
        try #require(
            CacheRequest(
                rules, provider: "rents", tenant: tenant, method: method, path: path, query: query, fields: fields,
                input: input))
    }

    func look(_ request: CacheRequest, _ mail: CacheMail = CacheMail()) -> CacheVerdict {
        cache.look(request, at: moment) { mail.take($0) }
    }

    /// The fetch that a caller is told to make.
    func fetch(_ request: CacheRequest) throws -> CacheFetch {
        guard case .fetch(let fetch) = look(request) else { throw Unexpected("no fetch") }
        return fetch
    }

    /// Makes the whole call: from the cache, or from a provider that answers with these fields.
    @discardableResult
    func call(
        _ request: CacheRequest, status: Int = 200, _ fields: FieldList = [:], body: String = "{}"
    ) throws -> CachedAnswer {
        switch look(request) {
        case .answer(let answer, _): return answer
        case .fetch(let fetch): return try answer(fetch, status: status, fields, body: body)
        case .bypass(let status):
            asked += 1
            return CachedAnswer(head: ResponseHead(status: 200), body: ByteBuffer(string: body), status: status)
        case .wait, .refused: throw Unexpected("neither an answer nor a question")
        }
    }

    /// The provider answers.
    @discardableResult
    func answer(
        _ fetch: CacheFetch, status: Int = 200, _ fields: FieldList = [:], body: String = "{}"
    ) throws -> CachedAnswer {
        asked += 1
        let head = ResponseHead(status: status, fields: fields, length: .exactly(body.utf8.count))
        let body = ByteBuffer(string: body)
        switch fetch.arrived(head, asked: moment, at: moment) {
        case .keep: return fetch.finished(status: status, fields: fields, body: body, at: moment)
        case .unchanged(let answer): return answer
        case .pass(let status): return CachedAnswer(head: head, body: body, status: status)
        }
    }

    /// Whether the next call of this kind is answered without asking.
    func isKept(_ request: CacheRequest) -> Bool {
        if case .answer(_, refresh: nil) = look(request) { true } else { false }
    }

    struct Unexpected: Error {
        let what: String

        init(_ what: String) {
            self.what = what
        }
    }
}

/// What was delivered to a call that waits.
final class CacheMail: Sendable {
    private let box = Mutex<[CacheDelivery]>([])

    func take(_ delivery: CacheDelivery) {
        box.withLock { $0.append(delivery) }
    }

    var count: Int { box.withLock { $0.count } }

    var answer: CachedAnswer? {
        if case .answer(let answer) = box.withLock({ $0.last }) { answer } else { nil }
    }

    var fetch: CacheFetch? {
        if case .fetch(let fetch) = box.withLock({ $0.last }) { fetch } else { nil }
    }

    /// The fetch that was delivered, no longer held here.
    func handOver() -> CacheFetch? {
        box.withLock { box in
            guard case .fetch(let fetch) = box.last else { return nil }
            box[box.count - 1] = .bypass(.hit(ttl: 0))
            return fetch
        }
    }

    var problem: Problem? {
        if case .failed(let problem) = box.withLock({ $0.last }) { problem } else { nil }
    }

    var isBypass: Bool {
        if case .bypass = box.withLock({ $0.last }) { true } else { false }
    }
}

extension CachedAnswer {
    var text: String { String(buffer: body) }
    var age: String? { head.fields[.age] }
    var told: String? { head.fields[.cacheStatus] }
}
