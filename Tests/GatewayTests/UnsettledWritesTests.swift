import Inventory
import Store
import TestSupport
import Testing

@testable import Gateway

@Suite("Outcomes the store could not keep")
struct UnsettledWritesTests {
    @Test("they are kept until it can, and settle what was under way")
    func retry() async throws {
        let folder = try TemporaryFolder()
        let now = ManualClock().now()
        let store = try SQLiteStore.open(path: folder.file("state.db"))
        let unsettled = UnsettledWrites(store: store)
        for call in ["c_1", "c_2"] {
            let intent = NewIntent(
                callID: call, caller: "t_1", callerName: "app", provider: "shop", operation: "charge", key: call,
                fingerprint: "f", providerKey: nil, risk: .payment, node: "n_1", begun: now)
            #expect(try await store.begin(intent, mayRepeat: false) == .begun)
        }
        unsettled.keep("c_1", .noEffect)
        unsettled.keep("c_2", .unknown)
        #expect(unsettled.count == 2)
        try await unsettled.retry(at: now)
        #expect(unsettled.count == 0)
        #expect(try await store.unknownIntents().map(\.callID) == ["c_2"])
        try store.close()
        unsettled.keep("c_2", .noEffect)
        await #expect(throws: StoreError.self) { try await unsettled.retry(at: now) }
        #expect(unsettled.count == 1)
    }
}
