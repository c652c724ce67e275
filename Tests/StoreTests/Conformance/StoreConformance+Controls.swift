import Store
import Testing

extension FaultRule {
    static func sample(_ number: Int, kind: Kind = .status(503), expires: Int64? = nil) -> FaultRule {
        FaultRule(
            id: "f_\(number)", provider: "shop", operation: number == 1 ? "create" : nil, kind: kind, rate: 0.2,
            delay: .milliseconds(2000), by: "ada", at: .at(Int64(number)), expires: expires.map { .at($0) })
    }
}

extension StoreConformance {
    static let controls: [StoreConformance] = [
        StoreConformance("a provider is off from one moment to the next, with the last reason given") { store in
            let first = ProviderSwitch(provider: "shop", reason: "outage", by: "ada", at: .at(1))
            let second = ProviderSwitch(provider: "shop", reason: "it's worse", by: "bob", at: .at(2))
            try await store.disable(first)
            #expect(try await store.controls().switches == [first])
            try await store.disable(second)
            try await store.disable(ProviderSwitch(provider: "atlas", reason: "", by: "ada", at: .at(3)))
            let switches = try await store.controls().switches
            #expect(switches.map(\.provider) == ["atlas", "shop"] && switches[1] == second)
            #expect(try await store.enable(provider: "shop"))
            #expect(try await store.enable(provider: "shop") == false)
            #expect(try await store.controls().switches.map(\.provider) == ["atlas"])
        },
        StoreConformance("faults come back whole, in the order they were added") { store in
            let faults: [FaultRule] = [
                .sample(1), .sample(2, kind: .delay, expires: 500), .sample(3, kind: .drop),
                .sample(4, kind: .garbage), .sample(5, kind: .truncated),
            ]
            for fault in faults { try await store.add(fault) }
            #expect(try await store.controls().faults == faults)
            #expect(try await store.removeFaults(expiredBy: .at(499)) == 0)
            #expect(try await store.removeFaults(expiredBy: .at(500)) == 1)
            #expect(try await store.removeFault("f_1"))
            #expect(try await store.removeFault("f_1") == false)
            #expect(try await store.controls().faults.map(\.id) == ["f_3", "f_4", "f_5"])
            #expect(try await store.removeFaults(expiredBy: nil) == 3)
            #expect(try await store.controls().faults.isEmpty)
        },
        StoreConformance("the version goes up with every change and with nothing else") { store in
            var last = try await store.controlVersion()
            func expectChange(_ change: Bool, _ operation: () async throws -> Void) async throws {
                try await operation()
                let version = try await store.controlVersion()
                #expect(change ? version > last : version == last)
                #expect(try await store.controls().version == version)
                last = version
            }
            try await expectChange(true) {
                try await store.disable(ProviderSwitch(provider: "shop", reason: "x", by: "ada", at: .at(1)))
            }
            try await expectChange(true) { _ = try await store.enable(provider: "shop") }
            try await expectChange(false) { _ = try await store.enable(provider: "shop") }
            try await expectChange(true) { try await store.add(.sample(1)) }
            try await expectChange(false) { _ = try await store.removeFault("f_9") }
            try await expectChange(false) { _ = try await store.removeFaults(expiredBy: .at(99_999)) }
            try await expectChange(true) { _ = try await store.removeFault("f_1") }
        },
    ]
}
