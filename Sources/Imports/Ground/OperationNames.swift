import Inventory

/// Gives operations the names that the inventory knows them by.
///
/// A name is the document's own (`operationId`, a request's title) in small letters with dashes between its words; where
/// there is none, method and path. Where two would be the same, both get a mark made from method and path, so that a name
/// does not depend on the order of the document.
package enum OperationNames {
    private static let longest = 64

    /// What a name is made from.
    package struct Origin: Sendable {
        package let given: String?
        package let method: String
        package let path: String

        package init(given: String?, method: String, path: String) {
            self.given = given
            self.method = method
            self.path = path
        }

        fileprivate var mark: String { String(Fingerprint.of("\(method) \(path)").suffix(6)) }
    }

    /// One name for each origin, in their order.
    package static func names(for origins: [Origin]) -> [String] {
        let plain = origins.map { name($0) }
        var uses: [String: Int] = [:]
        for name in plain { uses[name, default: 0] += 1 }
        return zip(origins, plain).map { origin, name in
            uses[name] == 1 ? name : "\(name.prefix(longest - 7))-\(origin.mark)"
        }
    }

    private static func name(_ origin: Origin) -> String {
        var name = origin.given.map { dashed($0) } ?? ""
        if name.isEmpty { name = dashed(origin.method + " " + origin.path) }
        if name.first?.isLetter != true { name = "op-" + name }
        guard name.utf8.count > longest else { return name }
        return "\(name.prefix(longest - 7))-\(origin.mark)"
    }

    /// The words of a text, in small letters, with a dash between them; what is neither letter nor digit of ASCII separates.
    package static func dashed(_ text: String) -> String {
        var words: [String] = []
        var word = ""
        var last: Character = " "
        let characters = Array(text)
        for (place, character) in characters.enumerated() {
            guard character.isASCII, character.isLetter || character.isNumber else {
                if !word.isEmpty { words.append(word) }
                word = ""
                last = " "
                continue
            }
            let next = place + 1 < characters.count ? characters[place + 1] : " "
            let begins =
                character.isUppercase && (last.isLowercase || last.isNumber || (last.isUppercase && next.isLowercase))
            if begins, !word.isEmpty {
                words.append(word)
                word = ""
            }
            word += character.lowercased()
            last = character
        }
        if !word.isEmpty { words.append(word) }
        return words.joined(separator: "-")
    }
}
