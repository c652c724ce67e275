import Contracts
import Inventory
import Logging
import Store
import Synchronization
import TestSupport
import Testing

@testable import Server

@Suite("When a changed inventory is loaded")
struct ReloadMachineTests {
    private static let old = snapshot(["footing.yaml": 1])

    private static func snapshot(_ files: [String: Int64]) -> FolderSnapshot {
        FolderSnapshot(files: files.mapValues { FolderSnapshot.Stamp(size: 10, changed: $0) })
    }

    private var machine = ReloadMachine(served: old)

    @Test("files that stay the same are looked at every two seconds")
    mutating func steady() {
        #expect(machine.looked(Self.old, at: .seconds(1)) == .look(after: .seconds(2)))
    }

    @Test("a change is loaded once nothing has changed for a moment")
    mutating func debounce() {
        let half = Self.snapshot(["footing.yaml": 2])
        let whole = Self.snapshot(["footing.yaml": 2, "providers/rents.yaml": 3])
        #expect(machine.looked(half, at: .seconds(1)) == .look(after: .milliseconds(200)))
        #expect(machine.looked(whole, at: .milliseconds(1100)) == .look(after: .milliseconds(200)))
        #expect(machine.looked(whole, at: .milliseconds(1200)) == .look(after: .milliseconds(100)))
        #expect(machine.looked(whole, at: .milliseconds(1300)) == .load)
        #expect(machine.loaded(isGood: true) == .look(after: .zero))
        #expect(machine.served == whole)
        #expect(machine.looked(whole, at: .seconds(2)) == .look(after: .seconds(2)))
    }

    @Test("files that never come to rest are loaded all the same")
    mutating func restless() {
        var action = ReloadMachine.Action.look(after: .zero)
        var looks: Int64 = 0
        while action != .load, looks < 1000 {
            looks += 1
            action = machine.looked(Self.snapshot(["footing.yaml": 100 + looks]), at: .milliseconds(100 * looks))
        }
        #expect(looks == 31)
    }

    @Test("a change that is taken back before it was loaded is no change")
    mutating func takenBack() {
        _ = machine.looked(Self.snapshot(["footing.yaml": 2]), at: .seconds(1))
        _ = machine.looked(Self.old, at: .milliseconds(1100))
        #expect(machine.looked(Self.old, at: .milliseconds(1300)) == .look(after: .seconds(2)))
    }

    @Test("what was refused is not loaded again until it changes")
    mutating func refused() {
        let bad = Self.snapshot(["footing.yaml": 2])
        _ = machine.looked(bad, at: .seconds(1))
        #expect(machine.looked(bad, at: .seconds(2)) == .load)
        #expect(machine.loaded(isGood: false) == .look(after: .zero))
        #expect(machine.looked(bad, at: .seconds(3)) == .look(after: .seconds(2)))
        #expect(machine.served == Self.old)
        let good = Self.snapshot(["footing.yaml": 3])
        _ = machine.looked(good, at: .seconds(4))
        #expect(machine.looked(good, at: .seconds(5)) == .load)
        _ = machine.loaded(isGood: true)
        #expect(machine.refused == nil)
        #expect(machine.served == good)
    }

    @Test("a refused change that is taken back ends the refusal without loading")
    mutating func restored() {
        let bad = Self.snapshot(["footing.yaml": 2])
        _ = machine.looked(bad, at: .seconds(1))
        _ = machine.looked(bad, at: .seconds(2))
        _ = machine.loaded(isGood: false)
        _ = machine.looked(Self.old, at: .seconds(3))
        #expect(machine.looked(Self.old, at: .seconds(4)) == .restored(lookAfter: .seconds(2)))
        #expect(machine.refused == nil)
    }

    @Test("a person's wish loads at once, also what has not changed, but not twice at the same time")
    mutating func forced() {
        #expect(machine.forced(Self.old) == .load)
        #expect(machine.forced(Self.old) == .look(after: .milliseconds(200)))
        #expect(machine.looked(Self.snapshot([:]), at: .seconds(1)) == .look(after: .milliseconds(200)))
        _ = machine.loaded(isGood: true)
        #expect(machine.served == Self.old)
    }

    @Test("changes are files that are new, gone or different")
    func changes() {
        let new = Self.snapshot(["footing.yaml": 2, "b": 1])
        let old = Self.snapshot(["footing.yaml": 1, "a": 1])
        #expect(new.changes(since: old) == ["footing.yaml", "a", "b"])
        #expect(new.changes(since: new).isEmpty)
    }
}

@Suite("Reloading from real files")
struct ReloadFileTests {
    private let folder: TemporaryFolder
    private let clock = ManualClock()
    private let report = ReloadReport()
    private let adopted = Adopted()

    private final class Adopted: Sendable {
        let trees = Mutex<[(project: Project, files: Set<String>)]>([])
    }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("footing/footing.yaml", "project: test\nsecrets: { rents-key: {} }\n")
        try folder.write("footing/providers/rents.yaml", Self.provider("/v1"))
        try folder.write("footing/contracts/rent.json", #"{"type":"object"}"#)
    }

    private static func provider(_ path: String) -> String {
        """
        provider: rents
        environments: { sandbox: { url: "http://127.0.0.1:9" } }
        auth: { bearer: rents-key }
        operations:
          get: { method: GET, path: "\(path)", response: contracts/rent.json }
        """
    }

    private func reloader(_ running: RunningProject) -> Reloader<Project> {
        Reloader(
            folder: folder.file("footing"), served: FolderSnapshot(of: folder.file("footing")),
            load: {
                let result = running.load()
                guard let project = result.project else { return .bad(result.findings) }
                return .good(project, warnings: result.findings)
            },
            adopt: { [adopted] project, files in adopted.trees.withLock { $0.append((project, files)) } },
            report: report, clock: clock, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func running(_ variables: [String: String] = [:], listen: ListenAddress? = nil) throws -> RunningProject {
        let project = try #require(Project.load(folder: folder.path, environment: variables).project)
        return RunningProject(project, variables: variables, listen: listen)
    }

    /// Looks until the files have been at rest for long enough.
    private func settle(_ reloader: Reloader<Project>) async {
        _ = await reloader.look()
        clock.advance(by: .seconds(1))
        _ = await reloader.look()
    }

    @Test("a good change is taken over as a whole")
    func good() async throws {
        let reloader = try reloader(running())
        try folder.write("footing/providers/rents.yaml", Self.provider("/v2/rents"))
        await settle(reloader)
        let tree = try #require(adopted.trees.withLock { $0.last })
        #expect(tree.project.provider(named: "rents")?.operations.first?.path.text == "/v2/rents")
        #expect(tree.files == ["providers/rents.yaml"])
        #expect(report.status.reloads == 1)
        await settle(reloader)
        #expect(report.status.reloads == 1)
    }

    @Test("a bad change is refused with everything that is wrong, and what is in force stays")
    func bad() async throws {
        let reloader = try reloader(running())
        try folder.write("footing/providers/rents.yaml", Self.provider("no-slash") + "\nzebra: 1\n")
        try folder.write("footing/footing.yaml", "project: Bad Name\n")
        await settle(reloader)
        #expect(adopted.trees.withLock { $0.isEmpty })
        let refusal = try #require(report.status.lastRefusal)
        #expect(refusal.findings.count >= 3)
        #expect(refusal.findings.contains { $0.file == "footing/providers/rents.yaml" && $0.line > 1 })
        #expect(report.json["refused"]?["findings"]?.arrayValue?.count == refusal.findings.count)

        try folder.write("footing/providers/rents.yaml", Self.provider("/v3/rents"))
        try folder.write("footing/footing.yaml", "project: test\nsecrets: { rents-key: {} }\n")
        await settle(reloader)
        #expect(report.status.lastRefusal == nil)
        #expect(adopted.trees.withLock { $0.count } == 1)
    }

    @Test("a folder that is gone for a moment is refused, and taken up when it is back")
    func gone() async throws {
        let reloader = try reloader(running())
        try folder.remove("footing")
        await settle(reloader)
        #expect(report.status.lastRefusal != nil)
        try folder.write("footing/footing.yaml", "project: test\n")
        await settle(reloader)
        #expect(report.status.lastRefusal == nil)
        #expect(adopted.trees.withLock { $0.last?.project.providers.isEmpty } == true)
    }

    @Test("a file that another one names counts too")
    func contract() async throws {
        let running = try running()
        let before = try #require(running.load().project)
        let reloader = reloader(running)
        try folder.write("footing/contracts/rent.json", #"{"type":"object","required":["rent"]}"#)
        await settle(reloader)
        let tree = try #require(adopted.trees.withLock { $0.last })
        let change = InventoryChange(from: before, to: tree.project, files: tree.files)
        #expect(change.providers == ["rents"])
        #expect(InventoryChange(from: before, to: tree.project, files: ["recipes/x.yaml"]).providers.isEmpty)
    }

    @Test("providers that are new or gone have changed")
    func newAndGone() async throws {
        let before = try #require(Project.load(folder: folder.path, environment: [:]).project)
        try folder.write("footing/providers/bank.yaml", Self.provider("/pay").replacing("rents", with: "bank"))
        try folder.write("footing/footing.yaml", "project: test\nsecrets: { rents-key: {}, bank-key: {} }\n")
        let after = try #require(Project.load(folder: folder.path, environment: [:]).project)
        #expect(InventoryChange(from: before, to: after, files: []).providers == ["bank"])
        #expect(InventoryChange(from: after, to: before, files: []).providers == ["bank"])
    }

    @Test("SIGHUP loads what has not changed")
    func forced() async throws {
        let reloader = try reloader(running())
        _ = await reloader.force()
        #expect(adopted.trees.withLock { $0.last?.files.isEmpty } == true)
        #expect(report.status.reloads == 1)
    }

    @Test("an address that changes takes a restart, and is said so")
    func listen() async throws {
        let running = try running()
        try folder.write("footing/footing.yaml", "project: test\nlisten: 0.0.0.0:80\nsecrets: { rents-key: {} }\n")
        let result = running.load()
        #expect(result.project != nil)
        #expect(
            result.warnings.map(\.message) == [
                "listen is now 0.0.0.0:80: that takes a restart; until then it is 127.0.0.1:8787"
            ])
        let given = try RunningProject(
            #require(result.project), variables: [:], listen: ListenAddress(host: "127.0.0.1", port: 1))
        try folder.write("footing/footing.yaml", "project: test\nsecrets: { rents-key: {} }\n")
        #expect(given.load().warnings.isEmpty)
    }

    @Test("a recipe that worked is protected from a faulty change; one that was faulty before stands in no one's way")
    func faultyRecipes() {
        func fault(_ name: String) -> Finding {
            Finding(severity: .error, file: "footing/recipes/\(name).yaml", message: "no jq")
        }
        let faults = RecipeFaults()
        #expect(faults.judge([fault("a")]).map(\.severity) == [.error], "nothing is known to be faulty yet")
        faults.begin([fault("a")])
        #expect(faults.judge([fault("a"), fault("b")]).map(\.severity) == [.warning, .error])
        faults.adopt([])
        #expect(faults.judge([fault("a")]).map(\.severity) == [.error], "it has been mended since")
        faults.begin([fault("a")])
        #expect(faults.judge([fault("a")]).map(\.severity) == [.error], "what a reload found goes before the start")
    }

    @Test("how the server ends is read when it starts")
    func drain() async throws {
        let running = try running()
        try folder.write(
            "footing/footing.yaml", "project: test\ndrain: { deadline: 60s }\nsecrets: { rents-key: {} }\n")
        #expect(
            running.load().warnings.map(\.message) == [
                "drain is now deadline 60.0 seconds: that takes a restart; until then it is not set"
            ])
    }

    @Test("the environment of a running server does not change")
    func environment() async throws {
        try folder.write(
            "footing/providers/rents.yaml",
            Self.provider("/v1").replacing(
                "environments: {", with: "environments: { production: { url: \"https://example.com\" },"))
        let running = try running()
        try folder.write(
            "footing/footing.yaml", "project: test\nenvironment: production\nsecrets: { rents-key: {} }\n")
        let result = running.load()
        #expect(result.project?.environment == .sandbox)
        #expect(
            result.warnings.map(\.message) == [
                "environment is now production: that takes a restart; until then it is sandbox"
            ])
    }

    #if canImport(Glibc)
        @Test("the system hints at a change, also in a folder that came later")
        func hints() async throws {
            let (hints, hint) = AsyncStream.makeStream(of: Void.self)
            let watch = try #require(FolderWatch { hint.yield() })
            var arrived = hints.makeAsyncIterator()
            watch.add([folder.file("footing"), folder.file("footing/providers")])
            try folder.write("footing/providers/rents.yaml", Self.provider("/v2"))
            #expect(await arrived.next() != nil)
            try folder.write("footing/templates/report.html", "x")
            #expect(await arrived.next() != nil)
            withExtendedLifetime(watch) {}
        }
    #endif

    @Test("the service takes a change up and ends when it is told to")
    func service() async throws {
        let (reloads, reloaded) = AsyncStream.makeStream(of: Void.self)
        let running = try running()
        let path = folder.file("footing")
        let reloader = Reloader<Project>(
            folder: path, served: FolderSnapshot(of: path),
            pace: ReloadMachine.Pace(steady: .milliseconds(20), quiet: .milliseconds(1)),
            load: { running.load().project.map { .good($0, warnings: []) } ?? .bad([]) },
            adopt: { _, _ in reloaded.yield() }, report: report, clock: SystemClock(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try folder.write("footing/providers/rents.yaml", Self.provider("/v2/rents"))
        let service = Reload(folder: path, reloader: reloader, clock: SystemClock())
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try? await service.run() }
            var seen = reloads.makeAsyncIterator()
            #expect(await seen.next() != nil)
            tasks.cancelAll()
        }
        #expect(report.status.lastRefusal == nil)
    }

    @Test("editors' files that begin with a dot are no change")
    func dots() async throws {
        let before = FolderSnapshot(of: folder.file("footing"))
        try folder.write("footing/providers/.rents.yaml.swp", "x")
        #expect(FolderSnapshot(of: folder.file("footing")) == before)
        try folder.write("footing/templates/deep/report.html", "x")
        #expect(FolderSnapshot(of: folder.file("footing")).changes(since: before) == ["templates/deep/report.html"])
    }
}
