import Contracts
import Inventory
import Store

extension Timestamp {
    /// 2026-11-24T12:00:00Z, when manual clocks begin.
    static let start = Timestamp(milliseconds: 1_795_521_600_000)
}

extension TallyKey {
    static let answered = key(.answered)
    static let retried = key(.retried)
    static let failedByProvider = key(.failed, who: "provider")
    static let failedByCaller = key(.failed, who: "caller")

    static func key(
        _ outcome: CallRecord.Outcome, who: String? = nil, provider: String = "rents", operation: String = "search"
    ) -> TallyKey {
        TallyKey(provider: provider, operation: operation, outcome: outcome, who: who)
    }
}

extension CallFigures {
    /// Calls of those lengths, milliseconds, that ended that many seconds after the start.
    static func calls(_ lengths: [Double], at seconds: Int = 0) -> CallFigures {
        var figures = CallFigures()
        for length in lengths {
            figures.add(
                totalMicroseconds: Int(length * 1000), providerMicroseconds: 0, at: .start + .seconds(seconds),
                wasLimited: false)
        }
        return figures
    }
}

extension CallFacts {
    static func read(slot: Int, at seconds: Double = 0, milliseconds: Double = 1) -> CallFacts {
        CallFacts(
            slot: slot, at: .start + .milliseconds(Int(seconds * 1000)),
            totalMicroseconds: Int(milliseconds * 1000), providerMicroseconds: Int(milliseconds * 900))
    }

    static func refusal(slot: Int) -> CallFacts {
        CallFacts(.refused, slot: slot, at: .start, totalMicroseconds: 100, providerMicroseconds: 0)
    }
}

extension CallRecord {
    static func sample(
        _ number: Int, provider: String = "rents", operation: String = "search", outcome: Outcome = .answered,
        who: String? = nil, code: String? = nil, statuses: [Int] = [200], milliseconds: Double = 10,
        risk: Risk = .read, at seconds: Int = 0
    ) -> CallRecord {
        CallRecord(
            id: "c_\(number)", at: .start + .seconds(seconds), provider: provider, operation: operation,
            caller: "anna", task: nil, step: nil, method: "GET", path: "/v1/rents", status: statuses.last ?? 502,
            outcome: outcome, who: who, code: code,
            tries: statuses.enumerated().map { index, status in
                CallTry(
                    number: index + 1, at: .start, status: status, outcome: .ok, milliseconds: 5,
                    waitedMilliseconds: 0, reason: nil)
            },
            totalMilliseconds: milliseconds, footingMilliseconds: 1, providerMilliseconds: milliseconds - 1,
            requestID: "r_\(number)", drift: false, risk: risk, detail: [:])
    }
}
