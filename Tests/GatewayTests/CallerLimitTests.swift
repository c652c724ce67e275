import Inventory
import Store
import Testing

@testable import Gateway

@Suite("Callers' limits")
struct CallerLimitTests {
    private func at(_ seconds: Double) -> Moment {
        Moment(nanoseconds: Int64(seconds * 1e9), wall: Timestamp(milliseconds: 0))
    }

    private let narrow = CallerBounds(rate: Rate(count: 2, per: .seconds(1)), burst: 3, concurrency: 2)
    private let wide = CallerBounds(rate: Rate(count: 1000, per: .seconds(1)), burst: 1000, concurrency: 1000)

    private func refusal(_ entry: CallerLimits.Entry) -> CallerRefusal? {
        if case .refused(let refusal) = entry { refusal } else { nil }
    }

    private func pass(_ entry: CallerLimits.Entry) throws -> CallerPass {
        guard case .go(let pass) = entry else { throw NoPass() }
        return pass
    }

    private struct NoPass: Error {}

    @Test("a token's burst passes, then its rate counts; the answer says when to come back and what is left")
    func rate() throws {
        let limits = CallerLimits(CallerRules(token: narrow, tenant: nil, address: nil))
        for left in [2, 1, 0] {
            let pass = try pass(limits.enter(token: "a", tenant: "t", address: nil, at: at(1)))
            #expect(pass.numbers?.remaining == left)
            limits.leave(pass)
        }
        let no = try #require(refusal(limits.enter(token: "a", tenant: "t", address: nil, at: at(1))))
        #expect(no.scope == .token)
        #expect(!no.isConcurrency)
        #expect(no.retryAfter == .milliseconds(500))
        #expect(no.numbers.rateLimit == "\"token\";r=0;t=2")
        #expect(no.numbers.policy == "\"token\";q=3;w=2")
        _ = try pass(limits.enter(token: "a", tenant: "t", address: nil, at: at(1.5)))
        _ = try pass(limits.enter(token: "b", tenant: "t", address: nil, at: at(1)))
    }

    @Test("calls under way are bounded, and one that ends makes room")
    func concurrency() throws {
        let limits = CallerLimits(CallerRules(token: narrow, tenant: nil, address: nil))
        let first = try pass(limits.enter(token: "a", tenant: nil, address: nil, at: at(1)))
        _ = try pass(limits.enter(token: "a", tenant: nil, address: nil, at: at(1)))
        let no = try #require(refusal(limits.enter(token: "a", tenant: nil, address: nil, at: at(1))))
        #expect(no.isConcurrency)
        #expect(no.retryAfter == .seconds(1))
        limits.leave(first)
        _ = try pass(limits.enter(token: "a", tenant: nil, address: nil, at: at(1)))
    }

    @Test("all tokens of a tenant share its limit, and what one limit refuses takes nothing from the others")
    func tenant() throws {
        let limits = CallerLimits(CallerRules(token: wide, tenant: narrow, address: nil))
        for token in ["a", "b", "c"] {
            limits.leave(try pass(limits.enter(token: token, tenant: "t", address: nil, at: at(1))))
        }
        let no = try #require(refusal(limits.enter(token: "d", tenant: "t", address: nil, at: at(1))))
        #expect(no.scope == .tenant)
        let other = try pass(limits.enter(token: "d", tenant: "u", address: nil, at: at(1)))
        #expect(other.numbers?.scope == .tenant)
        #expect(other.numbers?.remaining == 2, "of 3, while the token has 998 of 1000")
    }

    @Test("an address is limited before anybody knows whose token it shows")
    func address() throws {
        let limits = CallerLimits(CallerRules(token: nil, tenant: nil, address: narrow))
        let address = try #require(CallerAddress("203.0.113.9"))
        for _ in 0..<3 { limits.leave(try pass(limits.enter(token: nil, tenant: nil, address: address, at: at(1)))) }
        #expect(refusal(limits.enter(token: nil, tenant: nil, address: address, at: at(1)))?.scope == .address)
        _ = try pass(limits.enter(token: "a", tenant: "t", address: nil, at: at(1)))
    }

    @Test("IPv6 counts by /64, IPv4 in IPv6 as IPv4, and this machine is not limited")
    func addresses() {
        #expect(CallerAddress("2001:db8::1") == CallerAddress("2001:db8::ffff:2"))
        #expect(CallerAddress("2001:db8:0:1::1") != CallerAddress("2001:db8::1"))
        #expect(CallerAddress("::ffff:203.0.113.9") == CallerAddress("203.0.113.9"))
        #expect(CallerAddress("fe80::1%eth0") == CallerAddress("fe80::2"))
        #expect(CallerAddress("0.0.0.1") != CallerAddress("::2"))
        for text in [
            "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "", "localhost", "203.0.113", "1.2.3.4.5", "1.2.3.256",
            "1..2.3", "1.2.3.", ".1.2.3", "1.2.3.0004", "1.2.3.4 ", ":::", "2001:db8::g", "１.2.3.4",
        ] {
            #expect(CallerAddress(text) == nil, "\(text)")
        }
        #expect(CallerAddress(String(repeating: "1", count: 100_000)) == nil)
    }

    @Test("without rules nothing is limited")
    func unlimited() throws {
        let limits = CallerLimits(CallerRules(token: nil, tenant: nil, address: nil))
        for _ in 0..<1000 {
            let pass = try pass(
                limits.enter(token: "a", tenant: "t", address: CallerAddress("203.0.113.9"), at: at(1)))
            #expect(pass.numbers == nil)
            limits.leave(pass)
        }
    }

    @Test("new rules are in force at once, and calls under way still count")
    func adopt() throws {
        let limits = CallerLimits(CallerRules(token: wide, tenant: nil, address: nil))
        let passes = try (0..<2).map { _ in try pass(limits.enter(token: "a", tenant: nil, address: nil, at: at(1))) }
        limits.adopt(CallerRules(token: narrow, tenant: nil, address: nil))
        #expect(refusal(limits.enter(token: "a", tenant: nil, address: nil, at: at(1)))?.isConcurrency == true)
        for pass in passes { limits.leave(pass) }
        _ = try pass(limits.enter(token: "a", tenant: nil, address: nil, at: at(1)))
        limits.adopt(CallerRules(token: nil, tenant: nil, address: nil))
        limits.leave(passes[0])
        _ = try pass(limits.enter(token: "a", tenant: nil, address: nil, at: at(1)))
    }

    @Test("a flood of callers takes bounded memory, and those who are known go on")
    func flood() {
        var table = CallerTable<Int>(narrow, capacity: 100)
        let known = table.index(of: -1, at: 0)
        table.take(known, at: 0)
        for caller in 0..<10_000 {
            let index = table.index(of: caller, at: 0)
            table.take(index, at: 0)
            #expect(index <= 100)
        }
        #expect(table.count <= 100)
        #expect(table.index(of: -1, at: 0) == known)
        #expect(table.index(of: 20_000, at: 0) == 0, "newcomers share one entry")
        #expect(table.wait(0, at: 0) > 0)
    }

    @Test("callers who have become quiet make room for new ones")
    func reuse() {
        var table = CallerTable<Int>(narrow, capacity: 100)
        for caller in 0..<10_000 {
            let now = Int64(caller) * 1_000_000_000
            let index = table.index(of: caller, at: now)
            #expect(index > 0)
            #expect(table.wait(index, at: now) == 0)
            table.take(index, at: now)
            table.leave(index)
        }
        #expect(table.count < 20)
    }

    @Test("who is under way keeps the entry, however long")
    func underWay() {
        var table = CallerTable<Int>(narrow, capacity: 4)
        let index = table.index(of: -1, at: 0)
        table.take(index, at: 0)
        for caller in 0..<100 { _ = table.index(of: caller, at: 1_000_000_000_000) }
        #expect(table.index(of: -1, at: 1_000_000_000_000) == index)
    }
}
