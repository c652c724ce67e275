import Foundation
import Testing

@testable import sandbox_vendors

@Suite("The desk of a vendor")
struct DeskTests {
    /// Asks for `count` rents, a second apart, so that the rate limit is never reached.
    private func statuses(_ desk: inout Desk, count: Int, from start: Int = 0) -> [Int] {
        (0..<count).map { number in
            let now = Fixtures.noon.addingTimeInterval(Double(start + number))
            return desk.answer(Fixtures.rent("wedding"), now: now).status
        }
    }

    @Test("the key must be in its place and valid, several are during a rotation")
    func keys() throws {
        var desk = Fixtures.desk(RentsVendor(file: try Fixtures.areas()))
        #expect(desk.answer(Fixtures.rent("wedding", key: "old"), now: Fixtures.noon).status == 200)
        #expect(desk.answer(Fixtures.rent("wedding", key: "new"), now: Fixtures.noon).status == 200)
        let refused = desk.answer(Fixtures.rent("wedding", key: "stolen"), now: Fixtures.noon)
        #expect(refused.status == 401)
        #expect(!refused.text.contains("stolen"))
        let elsewhere = Question(method: "GET", target: "/v1/rents/wedding?key=new")
        #expect(desk.answer(elsewhere, now: Fixtures.noon).status == 401)
        desk.setKeys(["newest"])
        #expect(desk.answer(Fixtures.rent("wedding", key: "new"), now: Fixtures.noon).status == 401)
        #expect(desk.answer(Fixtures.rent("wedding", key: "newest"), now: Fixtures.noon).status == 200)
    }

    @Test("every run of the recipe meets a 429 and a 503, the first and the tenth", arguments: [0, 1, 7, 12, 99])
    func everyRun(seed: Int) throws {
        let file = try Fixtures.areas()
        var desk = Fixtures.desk(RentsVendor(file: file), seed: seed)
        for run in 0..<10 {
            let seen = statuses(&desk, count: file.areas.count + 1, from: run * 100)
            #expect(seen.contains(429), "run \(run)")
            #expect(seen.contains(503), "run \(run)")
            #expect(seen.count { $0 == 200 } > 40, "run \(run)")
        }
    }

    @Test("too many at once are answered with seconds to wait")
    func burst() throws {
        var desk = Fixtures.desk(RentsVendor(file: try Fixtures.areas()), seed: 9)
        let replies = (0..<40).map { _ in desk.answer(Fixtures.rent("wedding"), now: Fixtures.noon) }
        let refused = try #require(replies.first { $0.status == 429 })
        #expect(refused.header("Retry-After").flatMap { Int($0) } ?? 0 >= 1)
        #expect(replies.count { $0.status == 200 } <= 12)
    }

    @Test("the transit planner says when with a date that is not too early")
    func date() throws {
        var desk = Fixtures.desk(TransitVendor(network: Network(try Fixtures.network())))
        let body = #"{"origins":[{"id":"a","lat":52.55,"lon":13.35}],"destination":{"lat":52.52,"lon":13.41}}"#
        let replies = (0..<3).map { number in
            desk.answer(Fixtures.matrix(body), now: Fixtures.noon.addingTimeInterval(Double(number) * 10 + 0.5))
        }
        #expect(replies.map(\.status) == [200, 200, 429])
        #expect(replies[2].header("Retry-After") == HTTPDate.text(Fixtures.noon.addingTimeInterval(23.5)))
        #expect(replies[2].header("Retry-After")?.hasSuffix(" GMT") == true)
    }

    @Test("a date is written as HTTP wants it")
    func dateFormat() {
        #expect(HTTPDate.text(Date(timeIntervalSince1970: 784_111_776.2)) == "Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test("a matrix takes six to ten seconds, always the same for the same question")
    func slow() throws {
        var watches = WatchBook()
        let vendor = TransitVendor(network: Network(try Fixtures.network()))
        for latitude in ["52.52", "52.48", "52.55"] {
            let destination = #"{"lat":\#(latitude),"lon":13.4}"#
            let body = #"{"origins":[{"id":"a","lat":52.55,"lon":13.35}],"destination":\#(destination)}"#
            let first = vendor.answer(Fixtures.matrix(body), drift: false, watches: &watches, now: Fixtures.noon)
            let second = vendor.answer(Fixtures.matrix(body), drift: false, watches: &watches, now: Fixtures.noon)
            #expect((6...10).contains(first.delay))
            #expect(first.delay == second.delay)
            #expect(first.body == second.body)
        }
    }

    @Test(
        "a matrix that makes no sense is refused",
        arguments: [
            "", "{}", "[]", "null", #"{"origins":[],"destination":{"lat":52,"lon":13}}"#,
            #"{"origins":[{"id":"a","lat":520,"lon":13}],"destination":{"lat":52,"lon":13}}"#,
            #"{"origins":[{"id":"a","lat":52,"lon":13}],"destination":{"lat":52,"lon":13},"mode":"balloon"}"#,
        ])
    func nonsense(body: String) throws {
        var watches = WatchBook()
        let vendor = TransitVendor(network: Network(try Fixtures.network()))
        let reply = vendor.answer(Fixtures.matrix(body), drift: false, watches: &watches, now: Fixtures.noon)
        #expect(reply.status == 400)
    }

    @Test("errors are full of internals, as vendors' errors are")
    func internals() throws {
        let rents = RentsVendor(file: try Fixtures.areas())
        #expect(rents.unavailable(Fixtures.rent("wedding"), number: 1).text.contains("db-eu-3.internal"))
        #expect(rents.unavailable(Fixtures.rent("wedding"), number: 1).text.contains("SELECT"))
        var watches = WatchBook()
        let unknown = rents.answer(Fixtures.rent("atlantis"), drift: false, watches: &watches, now: Fixtures.noon)
        #expect(unknown.status == 404)
        #expect(unknown.text.contains("AREA_UNKNOWN"))
    }
}
