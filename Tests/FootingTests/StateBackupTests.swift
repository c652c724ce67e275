import Access
import Contracts
import Foundation
import Inventory
import Store
import TestSupport
import Testing

@testable import footing

@Suite("Backup and restore")
struct StateBackupTests {
    private let folder: TemporaryFolder
    private let clock = ManualClock()
    private var project: ProjectFolder { ProjectFolder(path: folder.file("app")) }
    private var state: String { "app/.footing" }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("app/footing/footing.yaml", "project: test\n")
        try folder.write("\(state)/workspaces/tk_1/old.txt", "old")
        try folder.write("\(state)/workspaces/.part-1", "half")
        try folder.write("\(state)/cli.token", "ft_x")
        try folder.setPermissions(state, 0o700)
        _ = try SQLiteStore.open(path: folder.file("\(state)/state.db"))
    }

    private func setSecret(_ value: String) async throws {
        let key = try MasterKey.load(folder: folder.file(state), environment: nil)
        _ = try await EmbeddedSecretStore(folder: folder.file(state), key: key, clock: clock).set("key", value)
    }

    private func secret(_ state: String) throws -> String {
        let key = try MasterKey.load(folder: folder.file(state), environment: nil)
        return try EmbeddedSecretStore(folder: folder.file(state), key: key, clock: clock).current("key")
            .withValue { String($0) }
    }

    private func backup(_ name: String = "backup", withMasterKey: Bool = false) throws -> BackupManifest {
        try StateBackup(
            files: StateFiles(project), target: folder.file(name), withMasterKey: withMasterKey, project: "test",
            clock: clock, progress: ProgressLine()
        ).make()
    }

    private func restore(
        _ name: String = "backup", into other: String = "app", replaces: Bool = false
    ) throws -> StateRestore.Outcome {
        try StateRestore(
            files: StateFiles(ProjectFolder(path: folder.file(other))), source: folder.file(name), replaces: replaces,
            clock: clock, progress: ProgressLine()
        ).run()
    }

    private func headline(_ body: () throws -> Void) -> String {
        do {
            try body()
            return ""
        } catch {
            return Failure(any: error)?.headline ?? "\(error)"
        }
    }

    @Test("a backup holds databases and files with their hashes, but neither key nor token nor what is half-written")
    func make() async throws {
        try await setSecret("hunter2")
        let manifest = try backup()
        #expect(
            manifest.entries.map(\.path) == ["state.db", "secrets.db", "workspaces/tk_1/old.txt"])
        #expect(!manifest.hasMasterKey && !manifest.isLive)
        #expect(try folder.names("backup") == ["manifest.json", "secrets.db", "state.db", "workspaces"])
        #expect(try folder.permissions("backup") == 0o700)
        #expect(try BackupManifest.read(folder.file("backup")) == manifest)
        #expect(try folder.names("") == ["app", "backup"], "no remains")
        #expect(headline { _ = try backup() }.contains("is there already"))
    }

    @Test("a backup is made beside servers, and restore waits until they have ended")
    func beside() throws {
        let server = try StateLock.take(folder.file(state), for: .serving)
        #expect(try backup().isLive)
        #expect(headline { _ = try restore(replaces: true) }.hasPrefix("A server is running on this state"))
        withExtendedLifetime(server) {}
    }

    @Test("a server older than the lock is known by its heartbeat, for as long as that says that it lives")
    func olderServer() async throws {
        _ = try backup()
        try folder.remove("\(state)/lock")
        let store = try SQLiteStore.open(path: folder.file("\(state)/state.db"))
        _ = try await store.nodeStarted("n_1", at: clock.now(), until: clock.now() + .seconds(15))
        #expect(headline { _ = try restore(replaces: true) }.hasPrefix("A server is running on this state"))
        clock.advance(by: .seconds(16))
        #expect(try restore(replaces: true).earlier != nil)
    }

    @Test("restore brings everything back; the state that was there is moved aside whole")
    func restoreAll() async throws {
        try await setSecret("hunter2")
        _ = try backup()
        try await setSecret("changed")
        try folder.write("\(state)/workspaces/tk_2/new.txt", "new")
        #expect(headline { _ = try restore() } == "This project has a state already")
        let outcome = try restore(replaces: true)
        #expect(outcome.masterKey == .fromEarlierState)
        #expect(try secret(state) == "hunter2")
        #expect(try folder.names("\(state)/workspaces") == ["tk_1"])
        #expect(try folder.permissions(state) == 0o700)
        let earlier = try #require(outcome.earlier).dropFirst(folder.path.count + 1)
        #expect(try secret(String(earlier)) == "changed")
        let moved = try folder.names("\(earlier)/workspaces")
        #expect(moved == [".keep", ".part-1", "tk_1", "tk_2"])
        #expect(try folder.names("app").count == 3, "no remains")
    }

    @Test("elsewhere the secrets need their key: from the backup if it was asked for, else somebody must bring it")
    func elsewhere() async throws {
        try await setSecret("hunter2")
        _ = try backup("without")
        _ = try backup("with", withMasterKey: true)
        try folder.write("other/footing/footing.yaml", "project: test\n")
        #expect(try restore("without", into: "other").masterKey == .missing)
        #expect(try restore("with", into: "other", replaces: true).masterKey == .fromBackup)
        #expect(try secret("other/.footing") == "hunter2")
        // A key that does not fit is not taken along.
        try folder.write("third/footing/footing.yaml", "project: test\n")
        _ = try MasterKey.load(folder: folder.file("third/.footing"), environment: nil)
        #expect(try restore("without", into: "third").masterKey == .missing)
        #expect(try !folder.names("third/.footing").contains("master.key"))
    }

    @Test("a damaged backup changes nothing", arguments: ["state.db", "workspaces/tk_1/old.txt"])
    func damaged(file: String) throws {
        _ = try backup()
        var bytes = try folder.read("backup/\(file)")
        bytes[bytes.count - 1] ^= 1
        try folder.write("backup/\(file)", bytes)
        #expect(headline { _ = try restore(replaces: true) } == "The backup is damaged")
        try folder.remove("backup/\(file)")
        #expect(headline { _ = try restore(replaces: true) } == "The backup is damaged")
        #expect(try folder.names("app") == [".footing", "footing"])
        #expect(try folder.read("\(state)/cli.token") == Array("ft_x".utf8))
    }

    @Test(
        "a manifest leads nowhere else",
        arguments: [
            "../../etc/passwd", "/etc/passwd", "workspaces/../../x", "workspaces//x", "cli.token", "manifest.json", "",
            "workspaces/./x", "other/x",
        ])
    func hostile(path: String) throws {
        let manifest: JSONValue = [
            "footing_backup": 1, "made_ms": 1,
            "files": [
                ["path": "state.db", "size": 1, "sha256": "00"],
                ["path": .string(path), "size": 1, "sha256": "00"],
            ],
        ]
        try folder.write("backup/manifest.json", manifest.text)
        #expect(headline { _ = try restore(replaces: true) }.hasSuffix("is damaged"))
    }

    @Test("what is no whole backup, or of a newer layout, is refused")
    func unfinished() throws {
        try folder.write("backup/state.db", "x")
        #expect(headline { _ = try restore(replaces: true) }.hasPrefix("There is no backup"))
        for text in ["", "{}", "[1]", #"{"footing_backup": 1, "made_ms": 1, "files": []}"#] {
            try folder.write("backup/manifest.json", text)
            #expect(headline { _ = try restore(replaces: true) }.hasSuffix("is damaged"))
        }
        try folder.write("backup/manifest.json", #"{"footing_backup": 2}"#)
        #expect(headline { _ = try restore(replaces: true) } == "This backup was made by a newer Footing")
    }

    @Test("what killed commands left is removed by the next one")
    func remains() throws {
        try folder.write("backup.part-abcdef/state.db", "half")
        try folder.write("app/.footing.restoring-abcdef/state.db", "half")
        _ = try backup()
        #expect(try folder.names("") == ["app", "backup"])
        _ = try restore(replaces: true)
        #expect(try folder.names("app").filter { $0.contains("restoring") } == [])
    }

    @Test("check finds a file of a task that is missing or changed, and a key that does not fit")
    func check() async throws {
        try await setSecret("hunter2")
        let examine = {
            try await StateExamination(
                files: StateFiles(project), keep: .init(), clock: clock, progress: ProgressLine()
            ).run()
        }
        #expect(try await examine().allSatisfy(\.check.isGood))
        try folder.remove("\(state)/master.key")
        _ = try MasterKey.load(folder: folder.file("k"), environment: nil)
        try FileManager.default.copyItem(
            atPath: folder.file("k/master.key"), toPath: folder.file("\(state)/master.key"))
        let findings = try await examine()
        #expect(findings.filter { !$0.check.isGood }.map(\.unit) == ["secret"])
        let lines = StoreCheck.lines(findings, on: Terminal(descriptor: 1, isTerminal: false) { _ in nil })
        #expect(lines[0] == "FAIL The state has 1 fault.")
    }
}
