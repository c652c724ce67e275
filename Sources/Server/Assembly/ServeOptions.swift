package import Inventory
package import Logging

/// What a person decides when starting the server; everything else is in the project's files.
package struct ServeOptions: Sendable {
    /// The project's folder, absolute: holds `footing/` and gets `.footing/`.
    package var projectFolder: String
    /// The process environment: FOOTING_ENV, FOOTING_MASTER_KEY.
    package var environment: [String: String]
    /// Overrides `listen` of footing.yaml.
    package var listen: ListenAddress?
    package var logLevel: Logger.Level
    /// Tasks worked on at the same time.
    package var workers: Int

    /// Override `drain` of footing.yaml.
    package var drain: DrainTimes

    package init(
        projectFolder: String, environment: [String: String], listen: ListenAddress? = nil,
        logLevel: Logger.Level = .info,
        workers: Int = 16, drain: DrainTimes = DrainTimes()
    ) {
        self.projectFolder = projectFolder
        self.environment = environment
        self.listen = listen
        self.logLevel = logLevel
        self.workers = workers
        self.drain = drain
    }

    /// Where all state lives.
    package var stateFolder: String { projectFolder + "/.footing" }
}
