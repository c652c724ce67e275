import Inventory
package import Logging
package import Store

/// Loads the inventory anew when its files change, and puts a good one in the place of the one in force.
///
/// A bad one is refused as a whole: all its findings are logged, and what is in force stays.
package actor Reloader<Tree: Sendable> {
    private let folder: String
    private let load: @Sendable () async -> ReloadResult<Tree>
    private let adopt: @Sendable (Tree, Set<String>) async -> Void
    private let report: ReloadReport
    private let clock: any WallClock
    private let logger: Logger
    private var machine: ReloadMachine

    /// - Parameters:
    ///   - folder: the absolute path of `footing/`.
    ///   - served: taken before the inventory in force was loaded.
    ///   - load: makes a whole new tree and checks it; changes nothing.
    ///   - adopt: puts it in force; told the files that changed, below the folder.
    package init(
        folder: String, served: FolderSnapshot, pace: ReloadMachine.Pace = ReloadMachine.Pace(),
        load: @escaping @Sendable () async -> ReloadResult<Tree>,
        adopt: @escaping @Sendable (Tree, Set<String>) async -> Void, report: ReloadReport, clock: any WallClock,
        logger: Logger
    ) {
        self.folder = folder
        self.load = load
        self.adopt = adopt
        self.report = report
        self.clock = clock
        self.logger = logger
        machine = ReloadMachine(served: served, pace: pace)
    }

    /// Looks at the files, and loads them if it is time. Returns when to look again.
    package func look() async -> Duration {
        await perform(machine.looked(FolderSnapshot(of: folder), at: clock.uptime()))
    }

    /// Loads the files now, changed or not.
    package func force() async -> Duration {
        await perform(machine.forced(FolderSnapshot(of: folder)))
    }

    private func perform(_ action: ReloadMachine.Action) async -> Duration {
        switch action {
        case .look(let time): return time
        case .restored(let time):
            report.restored()
            logger.info("inventory is again the one in force")
            return time
        case .load:
            let before = machine.served
            switch await load() {
            case .good(let tree, let warnings):
                // In the machine is the snapshot that was taken before the files were read.
                let next = machine.loaded(isGood: true)
                await adopt(tree, machine.served.changes(since: before))
                report.adopted(at: clock.now(), warnings: warnings)
                tell(warnings)
                logger.info("inventory reloaded", metadata: ["warnings": "\(warnings.count)"])
                return await perform(next)
            case .bad(let findings):
                report.refused(at: clock.now(), findings: findings)
                tell(findings)
                logger.error(
                    "inventory refused; the last good one stays in force",
                    metadata: ["errors": "\(findings.count { $0.severity == .error })"])
                return await perform(machine.loaded(isGood: false))
            }
        }
    }

    private func tell(_ findings: [Finding]) {
        for finding in findings {
            logger.log(
                level: finding.severity == .error ? .error : .warning, "inventory",
                metadata: ["finding": "\(finding)"])
        }
    }
}
