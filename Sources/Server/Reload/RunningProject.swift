package import Inventory

/// The project as the server was started with it: what of it cannot change before a restart.
package struct RunningProject: Sendable {
    private let project: Project
    private let variables: [String: String]
    private let listen: ListenAddress?

    /// - Parameters:
    ///   - variables: the process's environment variables at the start.
    ///   - listen: the address given on the command line, which goes before the file's.
    package init(_ project: Project, variables: [String: String], listen: ListenAddress?) {
        self.project = project
        self.variables = variables
        self.listen = listen
    }

    /// Loads the project again, for the environment that the server runs in. What takes a restart is among the warnings.
    package func load() -> LoadResult {
        let result = Project.load(folder: project.folder, environment: variables)
        guard let loaded = result.project else { return result }
        var notes = restarts(loaded)
        guard loaded.environment != project.environment else {
            return LoadResult(project: loaded, findings: result.findings + notes)
        }
        notes.append(note("environment", loaded.environment.rawValue, project.environment.rawValue))
        var forced = variables
        forced[Project.environmentVariable] = project.environment.rawValue
        let again = Project.load(folder: project.folder, environment: forced)
        return LoadResult(project: again.project, findings: again.findings + notes)
    }

    private func restarts(_ loaded: Project) -> [Finding] {
        var notes: [Finding] = []
        if listen == nil, loaded.listen != project.listen {
            notes.append(note("listen", "\(loaded.listen)", "\(project.listen)"))
        }
        if loaded.app != project.app {
            notes.append(note("app.folder", loaded.app?.folder ?? "none", project.app?.folder ?? "none"))
        }
        if loaded.drain != project.drain {
            notes.append(note("drain", Self.text(loaded.drain), Self.text(project.drain)))
        }
        return notes
    }

    private static func text(_ drain: DrainTimes) -> String {
        let said = [("announce", drain.announce), ("deadline", drain.deadline)]
        let text = said.compactMap { name, time in time.map { "\(name) \($0)" } }.joined(separator: ", ")
        return text.isEmpty ? "not set" : text
    }

    private func note(_ key: String, _ new: String, _ old: String) -> Finding {
        let name = project.folder.split(separator: "/").last.map { "\($0)/footing.yaml" } ?? "footing.yaml"
        return Finding(
            severity: .warning, file: name,
            message: "\(key) is now \(new): that takes a restart; until then it is \(old)")
    }
}
