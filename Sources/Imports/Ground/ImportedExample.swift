package import Contracts
import Inventory

/// A call that a document shows: the input as the inventory declares it, under a name.
package struct ImportedExample: Sendable, Hashable {
    package let name: String
    /// `{"path": {}, "query": {}, "body": ...}`, without what is empty.
    package let input: JSONValue

    /// The most of one operation that are taken: each is a call of every contract test.
    static let most = 8
    private static let largest = 4096

    /// The examples that may be written down, each input once and under a name of its own.
    ///
    /// Left out is what shows something like a credential, what is too large for an inventory file, and an input with
    /// nothing in it.
    static func kept(_ found: [(name: String, input: JSONValue)]) -> [ImportedExample] {
        var kept: [ImportedExample] = []
        for (given, input) in found where kept.count < most {
            guard input.objectValue?.isEmpty == false, !kept.contains(where: { $0.input == input }),
                input.encoded().count <= largest, !SecretCleaning.isSuspect(input)
            else { continue }
            let stem = stem(given)
            var name = stem
            var number = 2
            while kept.contains(where: { $0.name == name }) {
                name = "\(stem)-\(number)"
                number += 1
            }
            kept.append(ImportedExample(name: name, input: input))
        }
        return kept
    }

    private static func stem(_ given: String) -> String {
        let dashed = OperationNames.dashed(SecretCleaning.cleaned(String(given.prefix(200))))
        let name = String((dashed.first?.isLetter == true ? dashed : "example-\(dashed)").prefix(56))
        let trimmed = name.reversed().drop { $0 == "-" }.reversed()
        return trimmed.isEmpty ? "example" : String(trimmed)
    }
}
