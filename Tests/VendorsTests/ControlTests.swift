import Foundation
import Testing

@testable import sandbox_vendors

@Suite("Control routes and watches")
struct ControlTests {
    private func rents() throws -> Desk { Fixtures.desk(RentsVendor(file: try Fixtures.areas())) }

    @Test("drift turns the rent into a text and renames fields, until it is turned off")
    func drift() throws {
        var desk = try rents()
        #expect(desk.answer(Fixtures.rent("wedding"), now: Fixtures.noon).text.contains(#""median_rent":14.5"#))
        #expect(Control.answer(Fixtures.control("POST", "drift", #"{"on":true}"#), desk: &desk).status == 200)
        let drifted = desk.answer(Fixtures.rent("wedding"), now: Fixtures.noon).text
        #expect(drifted.contains(#""median_rent":"EUR 14.50/m2""#))
        #expect(drifted.contains(#""ccy":"EUR""#))
        #expect(!drifted.contains(#""currency""#))
        _ = Control.answer(Fixtures.control("POST", "drift", #"{"on":false}"#), desk: &desk)
        #expect(desk.answer(Fixtures.rent("wedding"), now: Fixtures.noon).text.contains(#""median_rent":14.5"#))
    }

    @Test("a vendor that is down refuses, breaks off or stays silent")
    func down() throws {
        var desk = try rents()
        _ = Control.answer(Fixtures.control("POST", "down", #"{"on":true}"#), desk: &desk)
        #expect(desk.answer(Fixtures.rent("wedding"), now: Fixtures.noon).status == 503)
        _ = Control.answer(Fixtures.control("POST", "down", #"{"on":true,"mode":"close"}"#), desk: &desk)
        #expect(desk.answer(Fixtures.rent("wedding"), now: Fixtures.noon).ending == .cut)
        _ = Control.answer(Fixtures.control("POST", "down", #"{"on":true,"mode":"hang"}"#), desk: &desk)
        #expect(desk.answer(Fixtures.rent("wedding"), now: Fixtures.noon).delay >= 600)
        _ = Control.answer(Fixtures.control("POST", "reset"), desk: &desk)
        #expect(desk.answer(Fixtures.rent("wedding"), now: Fixtures.noon).status == 200)
    }

    @Test("keys change at run time and are counted, never shown")
    func keys() throws {
        var desk = try rents()
        _ = Control.answer(Fixtures.control("POST", "keys", #"{"keys":["rk-one","rk-two"]}"#), desk: &desk)
        #expect(desk.answer(Fixtures.rent("wedding", key: "new"), now: Fixtures.noon).status == 401)
        #expect(desk.answer(Fixtures.rent("wedding", key: "rk-two"), now: Fixtures.noon).status == 200)
        let stats = Control.answer(Fixtures.control("GET", "stats"), desk: &desk).text
        #expect(stats.contains(#""keys":2"#))
        #expect(!stats.contains("rk-"))
    }

    @Test(
        "wrong control requests are told so",
        arguments: ["", "[]", "{}", #"{"on":"yes"}"#, #"{"on":true,"mode":"x"}"#])
    func wrong(body: String) throws {
        var desk = try rents()
        #expect(Control.answer(Fixtures.control("POST", "down", body), desk: &desk).status == 400)
        #expect(Control.answer(Fixtures.control("POST", "keys", body), desk: &desk).status == 400)
        #expect(Control.answer(Fixtures.control("POST", "explode", body), desk: &desk).status == 404)
    }

    @Test("one key is one effect, without a key each request is one")
    func watches() throws {
        var desk = try rents()
        let body = #"{"area":"wedding","max_rent":900}"#
        let first = desk.answer(Fixtures.watch(body, key: "k1"), now: Fixtures.noon)
        let again = desk.answer(Fixtures.watch(body, key: "k1"), now: Fixtures.noon.addingTimeInterval(5))
        #expect(first.status == 201)
        #expect(again.body == first.body)
        #expect(again.header("Idempotent-Replayed") == "true")
        let other = desk.answer(Fixtures.watch(#"{"area":"pankow","max_rent":900}"#, key: "k1"), now: Fixtures.noon)
        #expect(other.status == 409)
        _ = desk.answer(Fixtures.watch(body, key: nil), now: Fixtures.noon)
        let effects = desk.statistics.effects
        #expect(effects.total == 2)
        #expect(effects.byKey == ["k1": 1])
        #expect(effects.withoutKey == 1)
        #expect(effects.replayed == 1)
    }

    @Test("an answer that was lost is there for the same key")
    func lostAnswer() throws {
        var desk = try rents()
        let body = #"{"area":"wedding","max_rent":900}"#
        _ = desk.answer(Fixtures.watch(body, key: "k1"), now: Fixtures.noon)
        #expect(desk.answer(Fixtures.watch(body, key: "k2"), now: Fixtures.noon).status == 504)
        let again = desk.answer(Fixtures.watch(body, key: "k2"), now: Fixtures.noon)
        #expect(again.status == 201)
        #expect(desk.statistics.effects.byKey == ["k1": 1, "k2": 1])
    }

    @Test(
        "a watch on nothing is refused",
        arguments: ["", "{}", #"{"area":"atlantis","max_rent":1}"#, #"{"area":"wedding","max_rent":-1}"#])
    func wrongWatch(body: String) throws {
        var desk = try rents()
        #expect(desk.answer(Fixtures.watch(body, key: "k"), now: Fixtures.noon).status == 422)
        #expect(desk.statistics.effects.total == 0)
    }
}
