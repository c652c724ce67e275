#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The environment variables that Footing looks at.
enum Environment {
    private static let names = ["FOOTING_ENV", "FOOTING_MASTER_KEY", "FOOTING_DATABASE_URL"]

    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// What loading a project and opening its state may look at.
    static var forProject: [String: String] {
        names.reduce(into: [:]) { $0[$1] = variable($1) }
    }
}
