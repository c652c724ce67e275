/// The static front end that is served at `/`.
public struct AppFiles: Hashable, Sendable {
    /// The folder's absolute path.
    public let folder: String

    public init(folder: String) {
        self.folder = folder
    }
}
