import Gateway
import Imports
import Inventory

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Applies changes to a copy of the project's files and says what would be wrong then that is not wrong now.
struct ImportRehearsal {
    let project: ProjectFolder

    func findings(_ changes: [FileChange]) throws -> [Finding] {
        let scratch = try ScratchFolder()
        defer { scratch.remove() }
        let folder = scratch.path
        let copy = folder + "/footing"
        try Files.copyFolder(project.path + "/footing", to: copy)
        // The inventory may name what lies beside it, such as the app's folder.
        for name in Files.names(in: project.path) where name != "footing" {
            symlink(project.path + "/" + name, folder + "/" + name)
        }
        try FileBatch(folder: copy).write(changes)
        let after = Self.errors(folder)
        guard !after.isEmpty else { return [] }
        let before = Set(Self.errors(project.path).map(\.message))
        return after.filter { !before.contains($0.message) }
    }

    /// Errors of the inventory, and of the contracts when the inventory has none.
    private static func errors(_ folder: String) -> [Finding] {
        let loaded = Project.load(folder: folder, environment: Environment.forProject)
        guard let project = loaded.project else { return loaded.errors }
        return RouteTable.compile(project).findings.filter { $0.severity == .error }
    }
}
