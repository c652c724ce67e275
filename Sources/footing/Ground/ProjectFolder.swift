import Inventory

/// A project on this machine: the folder with `footing/` in it, and where its state lies.
struct ProjectFolder: Sendable {
    /// Absolute.
    let path: String

    var state: String { path + "/.footing" }
    var hasState: Bool { Files.isFolder(state) }
    /// The token of this machine's user, made by the server when it first starts.
    var tokenFile: String { state + "/cli.token" }
    /// Where the running server listens, written by `footing serve`.
    var addressFile: String { state + "/address" }
    /// The certificate that the running server shows, written by `footing serve`: the project's own file may have been
    /// renewed since.
    var certificateFile: String { state + "/certificate.pem" }

    /// The folder given, or the nearest one from here upwards that holds `footing/footing.yaml`.
    static func find(_ given: String?) throws -> ProjectFolder {
        if let given {
            var folder = Files.absolute(given)
            // Someone pointed at the inner folder.
            if folder.hasSuffix("/footing"), Files.exists(folder + "/footing.yaml") {
                folder.removeLast("/footing".count)
            }
            guard holds(folder) else {
                throw Failure(
                    .notFound, "There is no project in \(folder)",
                    evidence: ["A project's folder holds footing/footing.yaml."],
                    advice: "name another folder with --project")
            }
            return ProjectFolder(path: folder)
        }
        var folder = Files.currentFolder
        while true {
            if holds(folder) { return ProjectFolder(path: folder) }
            guard folder != "/", let slash = folder.lastIndex(of: "/") else { break }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
        throw Failure(
            .notFound, "There is no project here",
            evidence: ["Neither this folder nor one above it holds footing/footing.yaml."],
            advice: "go into the project's folder, or name it with --project DIR")
    }

    /// The project, loaded and free of errors. Throws `Failure` with the first findings.
    ///
    /// - Parameter environment: `sandbox` or `production` in place of what the files or FOOTING_ENV say.
    func load(environment: EnvironmentName? = nil) throws -> Project {
        var variables = Environment.forProject
        if let environment { variables["FOOTING_ENV"] = environment.rawValue }
        let loaded = Project.load(folder: path, environment: variables)
        guard let project = loaded.project else {
            throw Failure(
                .findings, "The project's files have \(Words.count(loaded.errors.count, "error"))",
                evidence: loaded.errors.prefix(5).map(\.description), advice: "footing check")
        }
        return project
    }

    private static func holds(_ folder: String) -> Bool { Files.exists(folder + "/footing/footing.yaml") }
}
