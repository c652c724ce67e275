import Contracts
import Inventory
import Store
import Testing

extension CallRecord {
    static func sample(
        _ number: Int, provider: String = "rents", operation: String = "search", outcome: Outcome = .answered,
        task: String? = nil, path: String = "/v1/rents/mitte"
    ) -> CallRecord {
        let digits = String(number)
        let failed = outcome == .failed
        return CallRecord(
            id: "c_" + String(repeating: "0", count: 6 - digits.count) + digits, at: .at(Int64(number) * 1000),
            provider: provider, operation: operation, caller: "anna", task: task, step: task == nil ? nil : "rents",
            method: "GET", path: path, status: failed ? 502 : 200, outcome: outcome, who: failed ? "provider" : nil,
            code: failed ? "provider_unavailable" : nil,
            tries: [
                CallTry(
                    number: 1, at: .at(3), status: 429, outcome: .retried, milliseconds: 12.25,
                    heldMilliseconds: 40.5, waitedMilliseconds: 0, reason: "rate limited, Retry-After 3 s"),
                CallTry(
                    number: 2, at: .at(4), status: nil, outcome: failed ? .failed : .ok, milliseconds: 8,
                    waitedMilliseconds: 3000, reason: nil),
            ],
            totalMilliseconds: 214.5, footingMilliseconds: 3.125, providerMilliseconds: 211.375,
            requestID: "r_\(number)", drift: number.isMultiple(of: 2),
            risk: failed ? .payment : .read,
            detail: ["told": "All is well.", "stages": [["name": "recognise", "ms": 0.1]]])
    }
}

extension StoreConformance {
    static let calls = [
        StoreConformance("a recorded call comes back whole") { store in
            #expect(try await store.hasCalls() == false)
            let calls = [CallRecord.sample(1), .sample(2, outcome: .failed, task: "tk_000001")]
            try await store.record(calls)
            #expect(try await store.hasCalls())
            #expect(try await store.call(calls[0].id) == calls[0])
            #expect(try await store.call(calls[1].id) == calls[1])
            #expect(try await store.call("c_none") == nil)
            try await store.record([])
        },
        StoreConformance("a call recorded again is replaced") { store in
            var call = CallRecord.sample(1)
            try await store.record([call])
            call.outcome = .retried
            call.detail = ["told": "Later."]
            try await store.record([call])
            #expect(try await store.calls(CallQuery()) == [call])
        },
        StoreConformance("a length that is no number is stored as zero") { store in
            var call = CallRecord.sample(1)
            call.totalMilliseconds = .nan
            call.footingMilliseconds = .infinity
            try await store.record([call])
            let stored = try #require(try await store.call(call.id))
            #expect(stored.totalMilliseconds == 0 && stored.footingMilliseconds == 0)
        },
        StoreConformance("calls are listed newest first by every filter") { store in
            try await store.record([
                .sample(1), .sample(2, provider: "transit", operation: "matrix"), .sample(3, outcome: .failed),
                .sample(4, outcome: .retried, task: "tk_000001"), .sample(5, path: "/v1/100%_sure\\/x"),
            ])
            func numbers(_ query: CallQuery) async throws -> [Int?] {
                try await store.calls(query).map { Int($0.id.dropFirst(2)) }
            }
            #expect(try await numbers(CallQuery()) == [5, 4, 3, 2, 1])
            #expect(try await numbers(CallQuery(outcome: .answered)) == [5, 2, 1])
            #expect(try await numbers(CallQuery(outcome: .failed)) == [3])
            #expect(try await numbers(CallQuery(provider: "rents", limit: 2)) == [5, 4])
            #expect(try await numbers(CallQuery(provider: "rents", operation: "matrix")) == [])
            #expect(try await numbers(CallQuery(operation: "matrix")) == [2])
            #expect(try await numbers(CallQuery(task: "tk_000001")) == [4])
            #expect(try await numbers(CallQuery(since: .at(4000))) == [5, 4])
            #expect(try await numbers(CallQuery(before: "c_000003")) == [2, 1])
            #expect(try await numbers(CallQuery(limit: -5)) == [])
            #expect(try await numbers(CallQuery(text: "UNAVAIL")) == [3])
            #expect(try await numbers(CallQuery(text: "c_000002")) == [2])
            #expect(try await numbers(CallQuery(text: "100%_")) == [5])
            #expect(try await numbers(CallQuery(text: "\\")) == [5])
            #expect(try await numbers(CallQuery(text: "%")) == [5])
            #expect(try await numbers(CallQuery(text: "' OR 1=1 --")) == [])
        },
        StoreConformance("old calls go, the oldest first and a few at a time; later ones stay") { store in
            try await store.record((1...5).map { .sample($0) })
            #expect(try await store.removeCalls(before: .at(4000), limit: 2) == 2)
            #expect(try await store.calls(CallQuery()).map(\.id) == ["c_000005", "c_000004", "c_000003"])
            #expect(try await store.removeCalls(before: .at(4000), limit: 2) == 1)
            #expect(try await store.removeCalls(before: .at(4000), limit: 2) == 0)
            #expect(try await store.call("c_000001") == nil)
            #expect(try await store.call("c_000004") == .sample(4))
        },
        StoreConformance("the row of a write stays until its outcome is known") { store in
            let write = CallRecord.sample(1)
            try await store.record([write])
            var intent = NewIntent.sample(1)
            intent.callID = write.id
            _ = try await store.begin(intent, mayRepeat: false)
            #expect(try await store.removeCalls(before: .at(9000), limit: 10) == 0)
            _ = try await store.settle(write.id, .unknown, at: .at(20))
            #expect(try await store.removeCalls(before: .at(9000), limit: 10) == 0)
            _ = try await store.resolve(write.id, as: .happened(status: nil), by: "ada", at: .at(30))
            #expect(try await store.removeCalls(before: .at(9000), limit: 10) == 1)
        },
        StoreConformance("a project whose rows have all gone was called all the same") { store in
            try await store.record([.sample(1)])
            try await store.addTallies([.sample(minute: 0, [5])])
            _ = try await store.removeCalls(before: .at(9000), limit: 10)
            #expect(try await store.hasCalls())
        },
        StoreConformance("rows of many callers at once are all kept") { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<50 {
                    group.addTask { try await store.record((1...20).map { .sample(caller * 20 + $0) }) }
                }
                try await group.waitForAll()
            }
            #expect(try await store.calls(CallQuery(limit: 2000)).count == 1000)
        },
    ]

    static let drift = [
        StoreConformance("a known shape is counted, a new one is told") { store in
            var finding = DriftRecord(
                provider: "rents", operation: "search", shape: "s1", pointer: "/median_rent", kind: "type",
                expected: "number", seen: "string", count: 1, first: .at(10), last: .at(10))
            #expect(try await store.recordDrift([finding]) == [finding])
            (finding.count, finding.first, finding.last) = (2, .at(20), .at(20))
            var second = finding
            second.shape = "s2"
            #expect(try await store.recordDrift([finding, second]) == [second])
            finding = second
            finding.provider = "transit"
            finding.last = .at(30)
            #expect(try await store.recordDrift([finding]) == [finding])
            #expect(try await store.drift(provider: nil).map(\.provider) == ["transit", "rents", "rents"])
            let rents = try await store.drift(provider: "rents")
            #expect(rents.map(\.shape) == ["s1", "s2"] && rents.map(\.count) == [3, 2])
            #expect(rents.first?.first == .at(10) && rents.first?.last == .at(20))
        },
        StoreConformance("what was observed grows, the newest sample stays, and what is agreed by now is forgotten") {
            store in
            var finding = DriftRecord(
                provider: "rents", operation: "search", shape: "s1", pointer: "/deposit", kind: "unknownField",
                expected: "no such member", seen: "integer", count: 1, first: .at(10), last: .at(10))
            finding.observed = ["type": "integer"]
            finding.sample = ["deposit": 1]
            finding.call = "c_1"
            finding.keyword = "#/properties"
            #expect(try await store.recordDrift([finding]) == [finding])
            finding.observed = ["type": "string"]
            finding.sample = nil
            finding.call = nil
            finding.action = "alert"
            #expect(try await store.recordDrift([finding]) == [])
            let known = try #require(try await store.drift(provider: nil).first)
            #expect(known.observed == ["type": ["integer", "string"]])
            #expect(known.sample == ["deposit": 1] && known.call == "c_1")
            #expect(known.action == "alert" && known.keyword == "#/properties" && known.side == "answer")
            try await store.forgetDrift(provider: "rents", operation: "search", shapes: ["s1", "s2"])
            #expect(try await store.drift(provider: nil).isEmpty)
        },
        StoreConformance("of ten thousand shapes of one operation few are kept, and of those few keep a payload") {
            store in
            let records = (0..<10_000).map { number in
                var record = DriftRecord(
                    provider: "rents", operation: "search", shape: "s\(number)", pointer: "/a", kind: "type",
                    expected: "number", seen: "string", count: 1, first: .at(10), last: .at(10))
                record.sample = ["a": JSONValue(number)]
                return record
            }
            #expect(try await store.recordDrift(records).count == DriftRecord.mostShapes)
            let kept = try await store.drift(provider: nil)
            #expect(kept.count == DriftRecord.mostShapes)
            #expect(kept.count { $0.sample != nil } == DriftRecord.mostSamples)
            #expect(try await store.recordDrift([records[0]]).isEmpty)
            #expect(try await store.drift(provider: nil).first { $0.shape == "s0" }?.count == 2)
        },
        StoreConformance("limits that were reached grow with what comes") { store in
            var finding = DriftRecord(
                provider: "rents", operation: "search", shape: "s1", pointer: "/rent", kind: "other",
                expected: "at most 10", seen: "20", count: 1, first: .at(10), last: .at(10))
            for reached in [20, 40, 30] as [JSONValue] {
                finding.observed = ["minimum": reached, "maximum": reached]
                _ = try await store.recordDrift([finding])
            }
            #expect(try await store.drift(provider: nil).map(\.observed) == [["minimum": 20, "maximum": 40]])
        },
        StoreConformance("what was not seen for long is forgotten") { store in
            for (shape, last) in [("old", 10), ("new", 30)] as [(String, Int64)] {
                _ = try await store.recordDrift([
                    DriftRecord(
                        provider: "rents", operation: "search", shape: shape, pointer: "/a", kind: "type",
                        expected: "number", seen: "string", count: 1, first: .at(5), last: .at(last))
                ])
            }
            try await store.removeDrift(before: .at(20))
            #expect(try await store.drift(provider: nil).map(\.shape) == ["new"])
        },
    ]
}
