/// Reads what a provider's file says about pacing, time and repetition.
struct CallRulesReader {
    let reader: MapReader

    func limits() -> Limits? {
        guard let map = reader.map("limits") else { return nil }
        let limits = Limits(
            rate: map.rate("rate"), burst: map.integer("burst", in: 1...1_000_000),
            concurrency: map.integer("concurrency", in: 1...100_000))
        if limits.burst != nil, !map.has("rate") {
            map.warning("\"burst\" has no effect without \"rate\"", at: "burst")
        }
        map.finish()
        return limits
    }

    func timeouts() -> Timeouts {
        let standard = Timeouts()
        guard let map = reader.map("timeouts") else { return standard }
        let timeouts = Timeouts(
            connect: map.duration("connect") ?? standard.connect, total: map.duration("total") ?? standard.total)
        map.finish()
        return timeouts
    }

    func retries() -> RetryRules {
        let standard = RetryRules()
        guard let map = reader.map("retries") else { return standard }
        let rules = RetryRules(
            attempts: map.integer("attempts", in: 1...20) ?? standard.attempts,
            base: map.duration("base") ?? standard.base, max: map.duration("max") ?? standard.max,
            statuses: map.statuses("statuses") ?? standard.statuses)
        map.finish()
        if rules.base > rules.max {
            map.error(
                "\"base\" (\(rules.base.inventoryText)) is longer than \"max\" (\(rules.max.inventoryText))",
                at: "base")
        }
        return rules
    }

    func breaker() -> BreakerRules {
        let standard = BreakerRules()
        guard let map = reader.map("breaker") else { return standard }
        let rules = BreakerRules(
            failures: map.share("failures") ?? standard.failures,
            minimum: map.integer("minimum", in: 1...1_000_000) ?? standard.minimum,
            window: map.duration("window") ?? standard.window, open: map.duration("open") ?? standard.open)
        map.finish()
        return rules
    }
}
