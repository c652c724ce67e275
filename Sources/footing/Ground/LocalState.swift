import Access
import Store

/// The project's state, opened beside the server that may be running on it.
struct LocalState {
    let folder: ProjectFolder
    let clock = SystemClock()

    /// The encrypted secrets; makes the folder, the file and the master key on first use.
    func secrets() throws -> EmbeddedSecretStore {
        try PrivateFile.makeFolder(folder.state)
        let key = try MasterKey.load(folder: folder.state, environment: Environment.variable(MasterKey.variable))
        return try EmbeddedSecretStore(folder: folder.state, key: key, clock: clock)
    }

    /// What is known of each secret, without making anything where there is no state yet.
    func secretInfos() async throws -> [SecretInfo] {
        guard Files.exists(folder.state + "/" + EmbeddedSecretStore.fileName) else { return [] }
        return try await secrets().list()
    }

    /// The tokens of callers.
    func tokens() async throws -> TokenAuthority {
        try PrivateFile.makeFolder(folder.state)
        let store = try await StateStoreChoice(
            address: Environment.variable(StateStoreChoice.variable), file: folder.state + "/state.db"
        ).open()
        return TokenAuthority(store: store, ids: TimeOrderedIDs(clock: clock), clock: clock)
    }
}
