import Access
import Store
import TestSupport
import Testing

@Suite("The command line's own token")
struct LocalTokenTests {
    private let folder: TemporaryFolder
    private let store: SQLiteStore
    private let authority: TokenAuthority

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore.open(path: folder.file("state.db"))
        authority = TokenAuthority(store: store, ids: SequentialIDs(), clock: ManualClock())
    }

    @Test("the first process makes it for the owner alone, the next one finds it, and it is an admin's")
    func first() async throws {
        let text = try await LocalToken.load(folder: folder.path, authority: authority)
        #expect(try folder.permissions(LocalToken.fileName) == 0o600)
        #expect(try await LocalToken.load(folder: folder.path, authority: authority) == text)
        #expect(try await authority.verify(text).caller?.isAdmin == true)
        #expect(try await authority.list().count == 1)
    }

    @Test("many processes that need it at once get the same one")
    func race() async throws {
        let texts = try await withThrowingTaskGroup(of: String.self) { [folder, store] group in
            for index in 1...12 {
                group.addTask {
                    let ids = TimeOrderedIDs(clock: SystemClock())
                    let authority = TokenAuthority(store: store, ids: ids, clock: ManualClock())
                    _ = index
                    return try await LocalToken.load(folder: folder.path, authority: authority)
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(texts.count == 1)
        let text = try #require(texts.first)
        #expect(try await authority.verify(text).caller?.isAdmin == true)
    }

    @Test("it outlives the loss of the state file")
    func lostState() async throws {
        let text = try await LocalToken.load(folder: folder.path, authority: authority)
        let fresh = try SQLiteStore.open(path: folder.file("other.db"))
        let other = TokenAuthority(store: fresh, ids: SequentialIDs(), clock: ManualClock())
        #expect(try await LocalToken.load(folder: folder.path, authority: other) == text)
        #expect(try await other.verify(text).caller?.isAdmin == true)
    }

    @Test("a revoked one is replaced")
    func revoked() async throws {
        let text = try await LocalToken.load(folder: folder.path, authority: authority)
        _ = try await authority.revoke(try #require(try await authority.list().first).id)
        let fresh = try await LocalToken.load(folder: folder.path, authority: authority)
        #expect(fresh != text)
        #expect(try await authority.verify(fresh).caller?.isAdmin == true)
        #expect(try await authority.verify(text) == .refused(.revoked))
    }

    @Test("a file that others may read, or that is damaged, is refused")
    func refused() async throws {
        _ = try await LocalToken.load(folder: folder.path, authority: authority)
        try folder.setPermissions(LocalToken.fileName, 0o644)
        await expectAccessError(.fileExposed) {
            _ = try await LocalToken.load(folder: folder.path, authority: authority)
        }
        try folder.setPermissions(LocalToken.fileName, 0o600)
        try folder.write(LocalToken.fileName, "rubbish")
        try folder.setPermissions(LocalToken.fileName, 0o600)
        await expectAccessError(.tokenInvalid) {
            _ = try await LocalToken.load(folder: folder.path, authority: authority)
        }
    }
}
