import Access
import TestSupport
import Testing

@Suite("Master key")
struct MasterKeyTests {
    private let parent: TemporaryFolder
    private var folder: String { parent.file(".footing") }
    private let clock = ManualClock()

    init() throws {
        parent = try TemporaryFolder()
    }

    @Test("the first use makes a folder and a key for the owner alone; the next one reads it")
    func firstUse() async throws {
        let key = try MasterKey.load(folder: folder, environment: nil)
        #expect(try parent.permissions(".footing") == 0o700)
        #expect(try parent.permissions(".footing/master.key") == 0o600)
        #expect(key.origin == folder + "/master.key")
        let store = try EmbeddedSecretStore(folder: folder, key: key, clock: clock)
        _ = try await store.set("key", "some-value")
        let again = try MasterKey.load(folder: folder, environment: nil)
        #expect(
            try EmbeddedSecretStore(folder: folder, key: again, clock: clock).current("key").reveal() == "some-value")
    }

    @Test("of many that make it at once all get the same key")
    func race() async throws {
        let folder = folder
        let keys = try await withThrowingTaskGroup(of: MasterKey.self) { group in
            for _ in 1...16 { group.addTask { try MasterKey.load(folder: folder, environment: nil) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for key in keys { _ = try EmbeddedSecretStore(folder: folder, key: key, clock: clock) }
        #expect(try parent.read(".footing/master.key").count == 45)
    }

    @Test(
        "a file that group or others may read is refused, with the command that mends it",
        arguments: [0o640, 0o604, 0o660])
    func exposed(_ permissions: Int) async throws {
        _ = try MasterKey.load(folder: folder, environment: nil)
        try parent.setPermissions(".footing/master.key", permissions)
        let error = await expectAccessError(.fileExposed) { _ = try MasterKey.load(folder: folder, environment: nil) }
        #expect(error?.reason.contains("chmod 600 \(folder)/master.key") == true)
    }

    @Test("a damaged file is told, not replaced", arguments: ["", "abc", "====", String(repeating: "A", count: 5000)])
    func damaged(_ text: String) async throws {
        _ = try MasterKey.load(folder: folder, environment: nil)
        try parent.write(".footing/master.key", text)
        try parent.setPermissions(".footing/master.key", 0o600)
        await expectAccessError(.masterKeyInvalid) { _ = try MasterKey.load(folder: folder, environment: nil) }
        #expect(try parent.read(".footing/master.key") == Array(text.utf8))
    }

    @Test("a missing key beside existing secrets is told, and no new one is made")
    func missing() async throws {
        _ = try EmbeddedSecretStore(
            folder: folder, key: MasterKey.load(folder: folder, environment: nil), clock: clock)
        try parent.remove(".footing/master.key")
        let error = await expectAccessError(.masterKeyMissing) {
            _ = try MasterKey.load(folder: folder, environment: nil)
        }
        #expect(error?.reason.contains("FOOTING_MASTER_KEY") == true)
        await expectAccessError(.masterKeyMissing) { _ = try MasterKey.load(folder: folder, environment: nil) }
    }

    @Test("the environment variable wins and needs no folder")
    func environment() throws {
        let text = " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
        let key = try MasterKey.load(folder: "/nowhere/at/all", environment: text)
        #expect(key.origin == "FOOTING_MASTER_KEY")
        #expect("\(key)" == "[master key of FOOTING_MASTER_KEY]" && !String(reflecting: key).contains("AAEC"))
    }

    @Test(
        "a variable that is no key is refused and never shown", arguments: ["", "c2hvcnQ=", "not base64 at all!", "ä"])
    func badEnvironment(_ text: String) async {
        let error = await expectAccessError(.masterKeyInvalid) {
            _ = try MasterKey.load(folder: folder, environment: text)
        }
        #expect(error?.reason.contains("openssl rand -base64 32") == true)
        #expect(text.isEmpty || error?.description.contains(text) == false)
    }

    @Test("a folder that cannot be made is told")
    func noFolder() async {
        await expectAccessError(.fileFailed) { _ = try MasterKey.load(folder: "/proc/nowhere", environment: nil) }
    }
}
