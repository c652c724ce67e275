/// Reads what `footing.yaml` says about the running server: how long it keeps what happened, and how it ends.
struct ServerRulesReader {
    let reader: MapReader

    private static let longest = Duration.seconds(3660 * 86_400)

    func retention() -> Retention {
        guard let map = reader.map("keep") else { return Retention() }
        let calls = kept("calls", atLeast: .seconds(3600), map)
        // The score looks back a week.
        let counts = kept("counts", atLeast: .seconds(8 * 86_400), map)
        map.finish()
        return Retention(calls: calls ?? Retention.standardCalls, counts: counts ?? Retention.standardCounts)
    }

    private func kept(_ key: String, atLeast least: Duration, _ map: MapReader) -> Duration? {
        let expected = "a time from \(least.inventoryText) to \(Self.longest.inventoryText), such as \"90d\""
        return map.parse(key, expected: expected) { field in
            field.node.text.flatMap { Duration(inventoryText: $0) }
                .flatMap { $0 >= least && $0 <= Self.longest ? $0 : nil }
        }
    }

    func drain() -> DrainTimes {
        guard let map = reader.map("drain") else { return DrainTimes() }
        let announce = map.parse(
            "announce", expected: "none, or a time such as \"5s\", at most \(DrainTimes.longest.inventoryText)"
        ) { field -> Duration? in
            if field.node.text == "none" { return .zero }
            return field.node.text.flatMap { Duration(inventoryText: $0) }.flatMap {
                $0 <= DrainTimes.longest ? $0 : nil
            }
        }
        let deadline = map.duration("deadline", atMost: DrainTimes.longest)
        if let announce, let deadline, announce >= deadline {
            map.error("\"announce\" leaves no time before \"deadline\" in which calls could end", at: "announce")
        }
        map.finish()
        return DrainTimes(announce: announce, deadline: deadline)
    }
}
