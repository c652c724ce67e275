import ArgumentParser

/// Which project a command is about.
struct ProjectOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The project's folder. (default: the nearest folder above that holds footing/footing.yaml)",
            valueName: "dir"))
    var project: String?

    /// The project's absolute folder. Throws `Failure`.
    func folder() throws -> ProjectFolder {
        try ProjectFolder.find(project)
    }
}
