import Access
import Inventory
import Store
import Tasks

/// Looks through everything that a state consists of, beside a running server too; changes nothing.
struct StateExamination {
    struct Finding: Sendable {
        let name: String
        /// What was counted: pages, tasks, files.
        let unit: String
        let check: FileCheck
    }

    let files: StateFiles
    /// How long files of ended tasks are kept.
    let keep: Retention
    let clock: any WallClock
    let progress: ProgressLine

    func run() async throws -> [Finding] {
        let lock = try files.beside()
        let hold = try Workspaces(root: files.file(StateFiles.workspaces)).holdRemovals()
        defer { withExtendedLifetime((lock, hold)) {} }
        return try state() + (await secrets())
    }

    private func state() throws -> [Finding] {
        let file = SQLiteStore.file(files.file(StateFiles.state))
        guard Files.exists(file.path) else { return [] }
        var findings = [add("pages and indexes of \(StateFiles.state)", "page", try file.integrity())]
        guard findings[0].check.isGood else { return findings }
        let check = StateFileCheck(path: file.path)
        findings.append(add("records that refer to others", "table", try file.links()))
        findings.append(add("journals without gaps", "task", try check.journals()))
        progress.show("stored values", isNew: true)
        let values = try check.values { progress.show("stored values  \(Words.number($0))") }
        findings.append(add("stored values", "value", values))
        findings.append(add("files of tasks", "file", try workspaces(check)))
        return findings
    }

    private func secrets() async throws -> [Finding] {
        let file = EmbeddedSecretStore.file(files.file(StateFiles.secrets))
        guard Files.exists(file.path) else { return [] }
        let pages = add("pages and indexes of \(StateFiles.secrets)", "page", try file.integrity())
        guard pages.check.isGood else { return [pages] }
        return [pages, add("secrets open with the master key", "secret", await secretValues())]
    }

    private func add(_ name: String, _ unit: String, _ check: FileCheck) -> Finding {
        progress.show(name, isNew: true)
        return Finding(name: name, unit: unit, check: check)
    }

    private func secretValues() async -> FileCheck {
        do {
            let key = try MasterKey.load(folder: files.path, environment: Environment.variable(MasterKey.variable))
            let store = try EmbeddedSecretStore(folder: files.path, key: key, clock: clock)
            var faults: [String] = []
            let names = try await store.list().map(\.name)
            for name in names {
                do {
                    _ = try store.current(name)
                } catch {
                    faults.append("\(name): \(error.reason)")
                }
            }
            return FileCheck(count: names.count, faults: faults)
        } catch {
            return FileCheck(count: 0, faults: [(error as? AccessError)?.reason ?? "\(error)"])
        }
    }

    private func workspaces(_ check: StateFileCheck) throws -> FileCheck {
        let workspaces = Workspaces(root: files.file(StateFiles.workspaces))
        let published = try check.published()
        let cleared = clock.now() - keep.artifacts
        let known = Set(try workspaces.tasks())
        var faults: [String] = []
        var count = 0
        for file in published {
            // Files that have had their day go with their folder.
            if !known.contains(file.task), let ended = file.ended, ended < cleared { continue }
            count += 1
            progress.show("files of tasks  \(count) of \(published.count)")
            let shown = "\(file.task)/\(file.name)"
            do {
                guard let open = try workspaces.of(file.task).open(file.name) else {
                    faults.append("\(shown) is missing")
                    continue
                }
                if try open.hash() != file.sha256 { faults.append("\(shown) is not what its journal says") }
            } catch {
                faults.append("\(shown): \(error.detail)")
            }
        }
        return FileCheck(count: count, faults: Array(faults.prefix(20)), untold: max(0, faults.count - 20))
    }
}
