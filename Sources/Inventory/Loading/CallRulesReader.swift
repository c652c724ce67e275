/// Reads what a provider's file says about pacing, time and repetition.
struct CallRulesReader {
    let reader: MapReader

    func limits() -> Limits? {
        guard let map = reader.map("limits") else { return nil }
        let zone = map.parse("zone", expected: "UTC or an offset from it such as \"+02:00\"") { field in
            field.node.text.flatMap { ZoneOffset(inventoryText: $0) }
        }
        let limits = Limits(
            rate: map.rate("rate"), burst: map.integer("burst", in: 1...1_000_000),
            concurrency: map.integer("concurrency", in: 1...100_000),
            queue: map.integer("queue", in: 0...100_000) ?? Limits.standardQueue,
            daily: map.integer("daily", in: 1...1_000_000_000), zone: zone ?? .utc,
            hold: map.duration("hold", atMost: .seconds(86_400)) ?? Limits.standardHold)
        check(limits, map)
        if map.has("zone"), !map.has("daily") { map.warning("\"zone\" has no effect without \"daily\"", at: "zone") }
        return limits
    }

    /// What one operation is allowed, inside what its provider is.
    func operationLimits() -> Limits? {
        guard let map = reader.map("limits") else { return nil }
        let limits = Limits(
            rate: map.rate("rate"), burst: map.integer("burst", in: 1...1_000_000),
            concurrency: map.integer("concurrency", in: 1...100_000),
            daily: map.integer("daily", in: 1...1_000_000_000))
        check(limits, map)
        return limits
    }

    private func check(_ limits: Limits, _ map: MapReader) {
        if limits.burst != nil, !map.has("rate") {
            map.warning("\"burst\" has no effect without \"rate\"", at: "burst")
        }
        map.finish()
    }

    func timeouts() -> Timeouts {
        let standard = Timeouts()
        guard let map = reader.map("timeouts") else { return standard }
        let timeouts = Timeouts(
            connect: map.duration("connect") ?? standard.connect, firstByte: map.duration("first_byte"),
            total: map.duration("total") ?? standard.total)
        map.finish()
        if let firstByte = timeouts.firstByte, firstByte > timeouts.total {
            map.error(
                "\"first_byte\" (\(firstByte.inventoryText)) is longer than \"total\" "
                    + "(\(timeouts.total.inventoryText))", at: "first_byte")
        }
        return timeouts
    }

    func retries() -> RetryRules {
        let standard = RetryRules()
        guard let map = reader.map("retries") else { return standard }
        let rules = RetryRules(
            attempts: map.integer("attempts", in: 1...20) ?? standard.attempts,
            base: map.duration("base") ?? standard.base, max: map.duration("max") ?? standard.max,
            statuses: map.statuses("statuses") ?? standard.statuses, budget: budget(map), hedge: hedge(map))
        map.finish()
        if rules.base > rules.max {
            map.error(
                "\"base\" (\(rules.base.inventoryText)) is longer than \"max\" (\(rules.max.inventoryText))",
                at: "base")
        }
        return rules
    }

    private func budget(_ retries: MapReader) -> RetryBudgetRules {
        let standard = RetryBudgetRules()
        guard let map = retries.map("budget") else { return standard }
        let rules = RetryBudgetRules(
            share: map.share("share") ?? standard.share, atLeast: map.rate("at_least") ?? standard.atLeast)
        map.finish()
        return rules
    }

    private func hedge(_ retries: MapReader) -> HedgeRules? {
        guard let map = retries.map("hedge") else { return nil }
        let after = map.duration("after", required: true)
        let share = map.share("at_most")
        map.finish()
        return after.map { HedgeRules(after: $0, atMost: share ?? HedgeRules.standardShare) }
    }

    func breaker() -> BreakerRules {
        let standard = BreakerRules()
        guard let map = reader.map("breaker") else { return standard }
        let rules = BreakerRules(
            failures: map.share("failures") ?? standard.failures,
            minimum: map.integer("minimum", in: 1...1_000_000) ?? standard.minimum,
            window: map.duration("window") ?? standard.window, open: map.duration("open") ?? standard.open,
            slow: map.duration("slow"), probes: map.integer("probes", in: 1...1000) ?? standard.probes,
            ramp: map.duration("ramp") ?? standard.ramp)
        map.finish()
        return rules
    }
}
