/// Reads what `footing.yaml` says about the running server: how long it keeps what happened, how much room files of tasks
/// may take, and how it ends.
struct ServerRulesReader {
    let reader: MapReader

    private static let longest = Duration.seconds(3660 * 86_400)

    func retention() -> Retention {
        guard let map = reader.map("keep") else { return Retention() }
        let calls = kept("calls", atLeast: .seconds(3600), map)
        // The score looks back a week.
        let counts = kept("counts", atLeast: .seconds(8 * 86_400), map)
        let tasks = kept("tasks", atLeast: .seconds(3600), map)
        let artifacts = kept("artifacts", atLeast: .seconds(3600), map)
        if let artifacts, artifacts > tasks ?? Retention.standardTasks {
            map.error("\"artifacts\" cannot be kept longer than the tasks they belong to", at: "artifacts")
        }
        map.finish()
        return Retention(
            calls: calls ?? Retention.standardCalls, counts: counts ?? Retention.standardCounts,
            tasks: tasks ?? Retention.standardTasks, artifacts: artifacts)
    }

    func workspace() -> WorkspaceRules {
        guard let map = reader.map("workspace") else { return WorkspaceRules() }
        let task = size("task", map)
        let tenant = size("tenant", map)
        if let tenant, tenant < task ?? WorkspaceRules.standardTask {
            map.error("\"tenant\" leaves less room for all tasks than \"task\" gives one", at: "tenant")
        }
        map.finish()
        return WorkspaceRules(task: task ?? WorkspaceRules.standardTask, tenant: tenant)
    }

    private func size(_ key: String, _ map: MapReader) -> Int? {
        map.parse(key, expected: "a size from 1KB to 1000TB, such as \"256MB\"") { field in
            field.node.text.flatMap { ByteCountText.parse($0) }.flatMap { $0 >= 1000 ? $0 : nil }
        }
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
