/// Reads what `footing.yaml` says about callers: how much each may do at once, and what that may cost in a day.
struct CallerRulesReader {
    let reader: MapReader

    func callers() -> CallerRules {
        guard let map = reader.map("callers") else { return CallerRules() }
        let rules = CallerRules(
            token: bounds("token", map, CallerRules.standardToken),
            tenant: bounds("tenant", map, CallerRules.standardTenant),
            address: bounds("address", map, CallerRules.standardAddress))
        map.finish()
        return rules
    }

    /// A rate without a burst may burst to twice its count.
    private func bounds(_ key: String, _ callers: MapReader, _ standard: CallerBounds) -> CallerBounds? {
        let expected = "none, or limits such as { rate: 200/1s, burst: 400, concurrency: 256 }"
        guard let field = callers.value(key) else { return standard }
        if field.node.text == "none" { return nil }
        guard field.node.entries != nil, let map = field.reader() else {
            field.wrong(expected: expected)
            return standard
        }
        let rate = map.rate("rate")
        let burst = map.integer("burst", in: 1...1_000_000)
        let concurrency = map.integer("concurrency", in: 1...1_000_000)
        map.finish()
        return CallerBounds(
            rate: rate ?? standard.rate, burst: burst ?? rate.map { min($0.count, 500_000) * 2 } ?? standard.burst,
            concurrency: concurrency ?? standard.concurrency)
    }

    func budgets() -> Budgets {
        guard let map = reader.map("budgets") else { return Budgets() }
        let budgets = Budgets(tenant: daily("tenant", map), project: daily("project", map))
        map.finish()
        return budgets
    }

    private func daily(_ key: String, _ budgets: MapReader) -> Money? {
        guard let map = budgets.map(key) else { return nil }
        let cap = map.money("daily", required: true)
        map.finish()
        return cap
    }
}
