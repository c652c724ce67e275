package import Inventory

/// Which providers a reload has changed, so that what was kept for the others can stay.
package struct InventoryChange: Sendable, Equatable {
    /// New, gone, or written in files that changed; sorted.
    package let providers: [String]

    /// - Parameter files: names of changed files below the `footing/` folder.
    package init(from old: Project, to new: Project, files: Set<String>) {
        let folder = new.folder.split(separator: "/").last.map { "\($0)/" } ?? ""
        let changed = Set(files.map { folder + $0 })
        let before = Set(old.providers.map(\.name))
        let after = Set(new.providers.map(\.name))
        var names = before.symmetricDifference(after)
        for provider in old.providers + new.providers where !changed.isDisjoint(with: Self.files(of: provider)) {
            names.insert(provider.name)
        }
        providers = names.sorted()
    }

    private static func files(of provider: Provider) -> Set<String> {
        var files: Set<String> = [provider.file]
        for operation in provider.operations {
            let sources = [
                operation.request.query, operation.request.path, operation.request.body, operation.response,
                operation.model,
            ]
            files.formUnion(sources.compactMap { $0?.file } + operation.responses.map(\.schema.file))
        }
        return files
    }
}
