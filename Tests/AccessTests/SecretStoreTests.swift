import Access
import Crypto
import GRDB
import Store
import TestSupport
import Testing

@Suite("Embedded secret store")
struct SecretStoreTests {
    private let folder: TemporaryFolder
    private let clock = ManualClock()
    private let key = MasterKey(key: SymmetricKey(size: .bits256), origin: "test")

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(_ key: MasterKey? = nil) throws -> EmbeddedSecretStore {
        try EmbeddedSecretStore(folder: folder.path, key: key ?? self.key, clock: clock)
    }

    /// Another connection to the file, as another program has.
    private func tamper(_ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.file(EmbeddedSecretStore.fileName))
        try queue.inDatabase { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test("a secret that was set is read back, also after opening the file again")
    func roundTrip() async throws {
        let store = try open()
        let value = "sk_live_Äß€😀 \"quoted\""
        #expect(try await store.set("geocoder-key", value) == SecretChange(version: 1, newlineRemoved: false))
        #expect(try await store.value(of: "geocoder-key").reveal() == value)
        #expect(try open().current("geocoder-key").withValue { $0 == value })
    }

    @Test("a secret that is not set is told by name, with the command that sets it")
    func unknown() async throws {
        let store = try open()
        let error = await expectAccessError(.secretUnknown) { _ = try await store.value(of: "rents-key") }
        #expect(error?.reason.contains("footing secret set rents-key") == true)
        await expectAccessError(.secretUnknown) { _ = try await store.value(of: "'; DROP TABLE secret; --") }
    }

    @Test("a rotation by another process takes effect with the next read")
    func rotation() async throws {
        let server = try open()
        let commandLine = try open()
        _ = try await server.set("key", "first-value")
        for round in 1...5 {
            _ = try await commandLine.set("key", "value-\(round)")
            #expect(try server.current("key").reveal() == "value-\(round)")
            #expect(server.currentScrubber().scrub("x value-\(round) y") == "x [secret key] y")
        }
        #expect(try await commandLine.remove("key"))
        await expectAccessError(.secretUnknown) { _ = try await server.value(of: "key") }
    }

    @Test("three versions are kept, the newest is current, and what is shown never holds a value")
    func versions() async throws {
        let store = try open()
        for number in 1...5 {
            #expect(try await store.set("key", "value-\(number)").version == number)
            clock.advance(by: .seconds(1))
        }
        _ = try await store.set("another", "value-5")
        let list = try await store.list()
        #expect(list.map(\.name) == ["another", "key"])
        #expect(list[1].versions.map(\.number) == [5, 4, 3])
        #expect(list[1].versions.map(\.state) == [.current, .previous, .previous])
        #expect(list[1].versions[0].created == clock.now() - .seconds(1))
        #expect(list[0].fingerprint == list[1].fingerprint && list[0].fingerprint.count == 16)
        #expect(!"\(list)".contains("value-5"))
        // Values that were rotated out lately may still come back from a provider.
        let scrubber = await store.scrubber()
        #expect(scrubber.scrub("value-2 value-3 value-4") == "value-2 [secret key] [secret key]")
    }

    @Test("removing tells whether there was something")
    func removing() async throws {
        let store = try open()
        _ = try await store.set("key", "some-value")
        #expect(try await store.remove("key"))
        #expect(try await store.remove("key") == false)
        #expect(try await store.list().isEmpty)
    }

    @Test("neither value nor name of another version is in the file as text")
    func encrypted() async throws {
        let store = try open()
        _ = try await store.set("key", "very-recognisable-value")
        for file in [EmbeddedSecretStore.fileName, EmbeddedSecretStore.fileName + "-wal"] {
            let text = String(decoding: try folder.read(file), as: UTF8.self)
            #expect(!text.contains("recognisable"))
            #expect(try folder.permissions(file) == 0o600)
        }
    }

    @Test("another master key is refused, naming the file and what to do")
    func wrongKey() async throws {
        _ = try await open().set("key", "some-value")
        let other = MasterKey(key: SymmetricKey(size: .bits256), origin: "FOOTING_MASTER_KEY")
        let error = await expectAccessError(.masterKeyWrong) { _ = try open(other) }
        #expect(error?.reason.contains(folder.file("secrets.db")) == true)
        #expect(error?.reason.contains("FOOTING_MASTER_KEY") == true)
    }

    @Test(
        "a damaged or swapped row is an error of that secret alone",
        arguments: [
            "UPDATE secret SET value = x'00' WHERE name = 'bad'",
            "UPDATE secret SET value = randomblob(60) WHERE name = 'bad'",
            "UPDATE secret SET wrapped_key = zeroblob(60) WHERE name = 'bad'",
            "UPDATE secret SET version = 2 WHERE name = 'bad'",
            """
            UPDATE secret SET (wrapped_key, value) = (SELECT wrapped_key, value FROM secret WHERE name = 'good')
            WHERE name = 'bad'
            """,
        ])
    func damaged(_ sql: String) async throws {
        let store = try open()
        _ = try await store.set("good", "good-value")
        _ = try await store.set("bad", "bad-value")
        try tamper(sql)
        let error = await expectAccessError(.secretDamaged) { _ = try await store.value(of: "bad") }
        #expect(error?.reason.contains("footing secret set bad") == true)
        #expect(try await store.value(of: "good").reveal() == "good-value")
        #expect(await store.scrubber().scrub("good-value") == "[secret good]")
        _ = try await store.set("bad", "new-value")
        #expect(try await store.value(of: "bad").reveal() == "new-value")
    }

    @Test("another program's file and noise are refused")
    func foreign() async throws {
        try folder.write(EmbeddedSecretStore.fileName, "hello, this is not a database")
        await expectAccessError(.secretStoreFailed) { _ = try open() }
        let state = try TemporaryFolder()
        _ = try SQLiteStore.open(path: state.file("secrets.db"))
        await expectAccessError(.secretStoreFailed) {
            _ = try EmbeddedSecretStore(folder: state.path, key: key, clock: clock)
        }
    }

    @Test("many processes set secrets at once; every version is there")
    func concurrent() async throws {
        let stores = try (1...4).map { _ in try open() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, store) in stores.enumerated() {
                group.addTask { for number in 1...5 { _ = try await store.set("key-\(number)", "value-\(index)") } }
            }
            try await group.waitForAll()
        }
        let list = try await stores[0].list()
        #expect(list.map { $0.versions.map(\.number) } == Array(repeating: [4, 3, 2], count: 5))
    }

    @Test("nothing that prints or inspects a secret shows it")
    func description() {
        let secret = Secret(name: "key", value: "hidden-value")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
            #expect(!text.contains("hidden") && text.contains("key"))
        }
    }
}
