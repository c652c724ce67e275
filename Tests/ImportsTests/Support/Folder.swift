import Contracts
import Imports

/// A footing folder in memory.
struct Folder {
    var files: [String: String] = ["footing.yaml": "project: try\nenvironment: sandbox\n"]

    /// Plans an import and carries it out.
    @discardableResult
    mutating func take(
        _ api: ImportedAPI, present: Set<String>? = nil, _ change: (inout ImportSettings) -> Void = { _ in }
    ) throws -> ImportPlan {
        var settings = ImportSettings(provider: "shop", source: "shop.yaml")
        change(&settings)
        let files = files
        let plan = try ImportPlan.make(api, settings, present: present) { files[$0].map { Array($0.utf8) } }
        for change in plan.files { self.files[change.path] = String(decoding: change.new, as: UTF8.self) }
        return plan
    }

    var provider: String {
        get { files["providers/shop.yaml"] ?? "" }
        set { files["providers/shop.yaml"] = newValue }
    }

    /// The provider's file as a tree.
    func tree() throws -> JSONValue {
        try SourceDocument.read(Array(provider.utf8), file: "providers/shop.yaml").value
    }
}
