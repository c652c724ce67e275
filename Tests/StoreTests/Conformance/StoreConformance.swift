import Contracts
import Store
import Testing

/// What every driver must do: each case gets an empty store.
struct StoreConformance: Sendable, CustomTestStringConvertible {
    typealias AnyStore = any StateStore

    /// A sentence.
    let promise: String
    let check: @Sendable (AnyStore) async throws -> Void

    init(_ promise: String, _ check: @escaping @Sendable (AnyStore) async throws -> Void) {
        self.promise = promise
        self.check = check
    }

    var testDescription: String { promise }

    static let all =
        submitting + claiming + committing + waiting + cancelling + listing + calls + drift + tallies + intents
        + resolving + controls
        + shares + quotas + pauses + spending + tokens
}

extension Timestamp {
    /// A moment that many milliseconds after an arbitrary start.
    static func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: 1_795_521_600_000 + milliseconds) }
}

extension NewTask {
    static func sample(
        _ number: Int, owner: String = "t_anna", key: String? = nil, hash: String = "h1", recipe: String = "report"
    ) -> NewTask {
        NewTask(
            id: sampleID(number), recipe: recipe, fingerprint: "f1", title: "Task \(number)",
            input: ["office": "Alexanderplatz", "budget": 1200.5, "tags": ["ä", "\"", "\u{1}"]], tenant: "main",
            owner: owner, idempotencyKey: key, requestHash: hash)
    }

    static func sampleID(_ number: Int) -> String {
        let digits = String(number)
        return "tk_" + String(repeating: "0", count: 6 - digits.count) + digits
    }
}

extension TaskStore {
    /// Submits a task and claims it.
    func running(_ number: Int, leaseUntil: Timestamp = .at(10_000)) async throws -> (TaskRecord, Lease) {
        _ = try await submit(.sample(number), at: .at(0))
        let claimed = try await claim(worker: "w1", limit: 1, now: .at(1), leaseUntil: leaseUntil)
        let task = try #require(claimed.first)
        return (task, Lease(task: task.id, fence: task.fence))
    }
}

/// Fails the test unless the operation throws a `StoreError` of that code.
func expectStoreError(
    _ code: StoreError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ operation: () async throws -> Void
) async {
    let thrown = await storeError(operation)
    #expect(thrown == code, sourceLocation: sourceLocation)
}

/// The code of the `StoreError` that the operation throws; nil when it throws none.
func storeError(_ operation: () async throws -> Void) async -> StoreError.Code? {
    do {
        try await operation()
        return nil
    } catch {
        return (error as? StoreError)?.code
    }
}
