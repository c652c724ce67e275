import Contracts
import Foundation
import Testing
import Wire

/// `kill -9` between a payment's intent and its outcome: no payment twice, none forgotten.
@Suite("Payments and crashes, end to end", .serialized)
struct PaymentCrashTests {
    private static let rounds = 50

    @Test(
        "fifty times kill -9 around a payment: each is made once, and those of unknown outcome are listed and settled")
    func killNine() async throws {
        let bench = try await PaymentBench()
        for round in 0..<Self.rounds {
            // Every point in turn, and each fifth time wherever chance has it: before or after the request was sent.
            let stops: [PaymentVendor.Stop?] = PaymentVendor.Stop.allCases + [nil]
            let stop = stops[round % stops.count]
            let order = "order-\(round)"
            let arrivalsBefore = bench.vendor.arrivals
            let first = try await bench.payAndKill(order, amount: round, at: stop, path: "charges")
            let arrived = bench.vendor.arrivals > arrivalsBefore
            try await bench.start()

            let unknown = try await bench.unknown()
            if first?.status == 200 {
                #expect(unknown.isEmpty, "\(order) was answered, so its outcome is known")
            } else if arrived, stop != .afterAnswer, stop != nil {
                #expect(unknown.count == 1, "\(order) (\(String(describing: stop))) is listed")
            } else {
                #expect(unknown.count <= 1, "\(order): only this one may be unknown")
            }
            let again = try await bench.pay(order, amount: round, path: "charges")
            #expect(again.status == 200, "\(order): \(again.text)")
            #expect(again.json["amount"]?.intValue == round, "\(order): \(again.text)")
            if let first, first.status == 200 {
                #expect(first.json["id"] == again.json["id"], "\(order): the same payment")
            }
            #expect(try await bench.unknown().isEmpty, "\(order) is settled")
        }
        let expected = Dictionary(uniqueKeysWithValues: (0..<Self.rounds).map { ("\($0)", 1) })
        #expect(bench.vendor.paid == expected, "each payment once")
    }

    @Test("a payment of unknown outcome whose provider knows no keys is listed and not sent again")
    func withoutKeys() async throws {
        let bench = try await PaymentBench()
        let stops: [PaymentVendor.Stop] = [.beforeEffect, .beforeAnswer, .insideAnswer]
        for (round, stop) in stops.enumerated() {
            let order = "cash-\(round)"
            _ = try await bench.payAndKill(order, amount: round, at: stop, path: "cash")
            let arrivals = bench.vendor.arrivals
            try await bench.start()
            #expect(try await bench.unknown().count == round + 1, "\(order) is listed")
            let again = try await bench.pay(order, amount: round, path: "cash")
            #expect(again.status == 409, "\(order): \(again.text)")
            #expect(again.json["code"] == "outcome_unknown", "\(order): \(again.text)")
            #expect(bench.vendor.arrivals == arrivals, "\(order) is not sent again")
        }
        #expect(bench.vendor.paid.values.allSatisfy { $0 == 1 }, "\(bench.vendor.paid)")
    }
}

/// A project with a payment vendor, and the server that is killed and started again.
private actor PaymentBench {
    let vendor: PaymentVendor
    private let playground: Playground
    private let web: Web
    private var server: RunningProcess

    init() async throws {
        vendor = try await PaymentVendor()
        playground = try Playground()
        try Self.provider(port: vendor.port).write(
            to: playground.folder.appending(path: "footing/providers/pay.yaml"), atomically: true, encoding: .utf8)
        try await playground.setSecrets()
        server = try await playground.startServer()
        web = Web(port: playground.port, token: try await playground.token(["admin"]))
    }

    /// Starts the server again after it was killed.
    func start() async throws {
        server = try await playground.startServer()
    }

    func pay(_ order: String, amount: Int, path: String) async throws -> Web.Answer {
        return try await web.post(
            "/p/pay/v1/\(path)", ["amount": JSONValue(amount), "currency": "eur"], [.idempotencyKey: order])
    }

    /// Asks for a payment and kills the server while it is made; the answer, if one came nevertheless.
    func payAndKill(_ order: String, amount: Int, at stop: PaymentVendor.Stop?, path: String) async throws -> Web
        .Answer?
    {
        let doomed = server
        if let stop { vendor.hold(stop) { doomed.kill(SIGKILL) } }
        async let answer = try? await pay(order, amount: amount, path: path)
        if stop == nil {
            try await Task.sleep(for: .microseconds(Int.random(in: 0...30_000)))
            doomed.kill(SIGKILL)
        }
        let answered = await answer
        doomed.kill(SIGKILL)
        try await doomed.ended()
        return answered
    }

    /// What is listed as unknown, of this vendor.
    func unknown() async throws -> [JSONValue] {
        let answer = try await web.get("/v1/calls/unknown")
        #expect(answer.status == 200, "\(answer.text)")
        let listed = answer.json.objectValue?.entries.compactMap(\.value.arrayValue).first ?? []
        return listed.filter { $0["provider"] == "pay" }
    }

    private static func provider(port: Int) -> String {
        """
        provider: pay
        title: Pay
        environments:
          sandbox: { url: "http://127.0.0.1:\(port)" }
        auth: { bearer: rents-key }
        timeouts: { connect: 2s, total: 20s }
        retries: { attempts: 1 }
        operations:
          charge:
            method: POST
            path: /v1/charges
            risk: payment
            idempotency: Idempotency-Key
            response: { type: object, required: [id, amount] }
          cash:
            method: POST
            path: /v1/cash
            risk: payment
            idempotency: none

        """
    }
}
