import Inventory
import Store
import TestSupport
import Testing

@testable import Gateway

@Suite("Budgets")
struct BudgetTests {
    /// 2026-11-24T12:00:00Z
    private let noon = Timestamp(milliseconds: 1_795_521_600_000)

    private func usd(_ cents: Int64) -> Money {
        Money(nanos: cents * 10_000_000, currency: "USD")
    }

    private func book(tenant: Int64? = nil, project: Int64? = nil) -> BudgetBook {
        BudgetBook(Budgets(tenant: tenant.map { usd($0) }, project: project.map { usd($0) }))
    }

    private func charge(_ answer: BudgetBook.Answer) throws -> BudgetBook.Charge {
        guard case .reserved(let charge) = answer else { throw NoCharge() }
        return charge
    }

    private struct NoCharge: Error {}

    private func refusal(_ answer: BudgetBook.Answer) -> BudgetRefusal? {
        if case .exceeded(let refusal) = answer { refusal } else { nil }
    }

    @Test("what costs nothing is free")
    func free() {
        var book = book(tenant: 0)
        #expect(book.reserve(nil, tenant: "a", at: noon) == .free)
        #expect(book.reserve(usd(0), tenant: "a", at: noon) == .free)
        #expect(book.reserve(usd(-5), tenant: "a", at: noon) == .free)
    }

    @Test("a tenant spends up to its cap, exactly, and is told when the next day begins")
    func tenantCap() throws {
        var book = book(tenant: 10)
        for _ in 0..<5 { book.settle(try charge(book.reserve(usd(2), tenant: "a", at: noon)), wasSent: true) }
        let no = try #require(refusal(book.reserve(usd(1), tenant: "a", at: noon)))
        #expect(no == BudgetRefusal(.tenant, cap: usd(10), spent: usd(10).nanos, at: noon))
        #expect(no.retryAfter == .seconds(12 * 3600))
        _ = try charge(book.reserve(usd(10), tenant: "b", at: noon))
    }

    @Test("all tenants together spend up to the project's cap")
    func projectCap() throws {
        var book = book(tenant: 10, project: 15)
        _ = try charge(book.reserve(usd(10), tenant: "a", at: noon))
        let no = refusal(book.reserve(usd(10), tenant: "b", at: noon))
        #expect(no == BudgetRefusal(.project, cap: usd(15), spent: usd(10).nanos, at: noon))
        _ = try charge(book.reserve(usd(5), tenant: "b", at: noon))
    }

    @Test("calls side by side cannot go beyond the cap together, and what was not sent is free again")
    func reserved() throws {
        var book = book(tenant: 10, project: 10)
        let first = try charge(book.reserve(usd(6), tenant: "a", at: noon))
        #expect(refusal(book.reserve(usd(6), tenant: "a", at: noon)) != nil)
        book.settle(first, wasSent: false)
        #expect(book.spent("a", currency: "USD", at: noon) == usd(0))
        _ = try charge(book.reserve(usd(6), tenant: "a", at: noon))
    }

    @Test("a charge is settled once")
    func once() throws {
        var book = book(tenant: 10)
        let charge = try charge(book.reserve(usd(6), tenant: "a", at: noon))
        for _ in 0..<3 { book.settle(charge, wasSent: true) }
        #expect(book.spent("a", currency: "USD", at: noon) == usd(6))
    }

    @Test("costs in another currency are counted, against no cap")
    func currencies() throws {
        var book = book(tenant: 10, project: 10)
        let euros = Money(nanos: 5_000_000_000_000, currency: "EUR")
        book.settle(try charge(book.reserve(euros, tenant: "a", at: noon)), wasSent: true)
        #expect(book.takeUnsaved().map(\.amount) == [Money(nanos: 2 * euros.nanos, currency: "EUR")])
        _ = try charge(book.reserve(usd(10), tenant: "a", at: noon))
    }

    @Test("a new day begins with nothing spent, and what the old one cost is still saved as its own")
    func newDay() throws {
        var book = book(tenant: 10)
        let tomorrow = noon + .seconds(43_200)
        book.settle(try charge(book.reserve(usd(4), tenant: "a", at: noon)), wasSent: true)
        let late = try charge(book.reserve(usd(6), tenant: "a", at: noon))
        _ = try charge(book.reserve(usd(10), tenant: "a", at: tomorrow))
        book.settle(late, wasSent: true)
        let day = Spending.day(of: noon)
        #expect(
            book.takeUnsaved() == [
                Spending(tenant: "a", day: day, amount: usd(4)), Spending(tenant: "a", day: day, amount: usd(6)),
                Spending(tenant: "a", day: day + 1, amount: usd(10)),
            ])
        #expect(refusal(book.reserve(usd(1), tenant: "a", at: noon)) != nil, "a clock set back is no new day")
    }

    @Test("what the store has counts, other nodes' spending included, and nothing is counted twice")
    func restore() throws {
        var book = book(tenant: 10, project: 100)
        let day = Spending.day(of: noon)
        book.settle(try charge(book.reserve(usd(2), tenant: "a", at: noon)), wasSent: true)
        // What was spent, and the same again for the next second; then what was too much.
        #expect(book.takeUnsaved() == [Spending(tenant: "a", day: day, amount: usd(4))])
        #expect(book.takeUnsaved() == [Spending(tenant: "a", day: day, amount: usd(-2))])
        #expect(book.takeUnsaved().isEmpty)
        book.settle(try charge(book.reserve(usd(1), tenant: "a", at: noon)), wasSent: true)
        book.restore(
            [
                Spending(tenant: "a", day: day, amount: usd(8)), Spending(tenant: "a", day: day - 1, amount: usd(90)),
                Spending(tenant: "b", day: day, amount: usd(3)),
            ], at: noon)
        #expect(book.spent("a", currency: "USD", at: noon) == usd(9))
        #expect(book.spent("b", currency: "USD", at: noon) == usd(3))
        #expect(refusal(book.reserve(usd(2), tenant: "a", at: noon)) != nil)
        #expect(book.takeUnsaved() == [Spending(tenant: "a", day: day, amount: usd(2))])
    }

    @Test("the store knows of what is under way, and of as much again as the last second cost: a crash forgets nothing")
    func crash() throws {
        var book = book(tenant: 10)
        let day = Spending.day(of: noon)
        let slow = try charge(book.reserve(usd(3), tenant: "a", at: noon))
        #expect(book.takeUnsaved() == [Spending(tenant: "a", day: day, amount: usd(3))])
        book.settle(try charge(book.reserve(usd(1), tenant: "a", at: noon)), wasSent: true)
        #expect(book.takeUnsaved() == [Spending(tenant: "a", day: day, amount: usd(2))])
        book.settle(slow, wasSent: false)
        #expect(book.takeUnsaved() == [Spending(tenant: "a", day: day, amount: usd(-4))])
        #expect(book.spent("a", currency: "USD", at: noon) == usd(1))
    }

    @Test("many nodes together stay below a cap: of what is left, each spends its part until it hears of the others")
    func nodes() throws {
        var books = [book(tenant: 100, project: 150), book(tenant: 100, project: 150)]
        for index in books.indices { books[index].share(nodes: 2) }
        var stored: [Int64: Int64] = [:]
        var spent: Int64 = 0
        var random = SeededRandom(seed: 11)
        let day = Spending.day(of: noon)
        for _ in 0..<300 {
            let index = Int.random(in: 0...1, using: &random)
            for tenant in ["a", "b"] where Bool.random(using: &random) {
                guard case .reserved(let charge) = books[index].reserve(usd(1), tenant: tenant, at: noon) else {
                    continue
                }
                books[index].settle(charge, wasSent: true)
                spent += 1
            }
            guard Int.random(in: 0..<5, using: &random) == 0 else { continue }
            for amount in books[index].takeUnsaved() {
                stored[amount.tenant == "a" ? 0 : 1, default: 0] += amount.amount.nanos
            }
            books[index].restore(
                stored.map {
                    Spending(
                        tenant: $0 == 0 ? "a" : "b", day: day, amount: Money(nanos: $1, currency: "USD"))
                }, at: noon)
        }
        #expect(spent <= 150 && spent > 130)
    }

    @Test("what could not be saved is offered again")
    func giveBack() throws {
        var book = book(tenant: 10)
        book.settle(try charge(book.reserve(usd(2), tenant: "a", at: noon)), wasSent: true)
        let taken = book.takeUnsaved()
        book.giveBack(taken)
        #expect(book.spent("a", currency: "USD", at: noon) == usd(2))
        #expect(book.takeUnsaved() == [Spending(tenant: "a", day: Spending.day(of: noon), amount: usd(2))])
        let old = [Spending(tenant: "a", day: 3, amount: usd(1))]
        book.giveBack(old)
        #expect(book.takeUnsaved() == old)
    }

    @Test("new caps are in force at once")
    func adopt() throws {
        var book = book()
        book.settle(try charge(book.reserve(usd(20), tenant: "a", at: noon)), wasSent: true)
        book.adopt(Budgets(tenant: usd(10)))
        #expect(refusal(book.reserve(usd(1), tenant: "a", at: noon)) != nil)
    }

    @Test("absurd amounts neither trap nor slip through")
    func absurd() throws {
        var book = book(tenant: 10)
        let all = Money(nanos: .max, currency: "USD")
        #expect(refusal(book.reserve(all, tenant: "a", at: noon)) != nil)
        book.adopt(Budgets())
        for _ in 0..<3 { book.settle(try charge(book.reserve(all, tenant: "a", at: noon)), wasSent: true) }
        book.adopt(Budgets(tenant: usd(10)))
        #expect(refusal(book.reserve(usd(1), tenant: "a", at: noon)) != nil)
        #expect(refusal(book.reserve(usd(1), tenant: "b", at: Timestamp(milliseconds: .min))) == nil)
    }
}
