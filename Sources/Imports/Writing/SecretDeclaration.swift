import Contracts
import Inventory

/// Adds a secret's name to `footing.yaml`.
enum SecretDeclaration {
    /// The text with the secret under `secrets`; nil when it is there already.
    static func added(_ name: String, about: String, to bytes: [UInt8], file: String) throws(ImportError) -> [UInt8]? {
        let document = try SourceDocument.read(bytes, file: file)
        let secrets = document.value["secrets"]
        if secrets?[name] != nil { return nil }
        var block = BlockText(String(decoding: bytes, as: UTF8.self))
        let value: JSONValue = ["about": .string(about)]
        guard let owner = block.top.first(where: { $0.key == "secrets" }) else {
            let lines = ["", "secrets:"] + YAMLText.lines(name, value, indent: 2)
            block.replace(block.lines.count..<block.lines.count, with: lines)
            return Array(block.text.utf8)
        }
        let children = block.children(of: owner)
        let known = secrets?.objectValue?.count ?? 0
        guard children.count == known else {
            throw ImportError(
                file: file, line: owner.lines.lowerBound + 1, message: "\"secrets\" cannot be changed in place",
                advice: "add \(name): {} there, and import again")
        }
        let lines = YAMLText.lines(name, value, indent: children.first?.indent ?? 2)
        if known == 0 {
            block.replace(owner.lines, with: ["secrets:"] + lines)
        } else {
            block.replace(owner.lines.upperBound..<owner.lines.upperBound, with: lines)
        }
        return Array(block.text.utf8)
    }
}
