/// The prefixes that are declared where the reader stands.
struct XMLNamespaces {
    private var declarations: [(prefix: String, uri: String)] = [
        ("xml", "http://www.w3.org/XML/1998/namespace")
    ]

    /// Takes in what a tag declares; returns how much there is to forget at its end.
    mutating func declare(_ attributes: [(name: String, value: String)]) -> Int {
        var count = 0
        for (name, value) in attributes {
            if name == "xmlns" {
                declarations.append(("", value))
            } else if name.hasPrefix("xmlns:") {
                declarations.append((String(name.dropFirst(6)), value))
            } else {
                continue
            }
            count += 1
        }
        return count
    }

    mutating func forget(_ count: Int) {
        declarations.removeLast(min(count, declarations.count))
    }

    /// The name's meaning; nil when its prefix is not declared. Attributes without prefix have no namespace.
    func resolve(_ name: String, isAttribute: Bool) -> XMLName? {
        guard let colon = name.firstIndex(of: ":") else {
            let uri = isAttribute ? nil : uri(of: "")
            return XMLName(namespace: uri?.isEmpty == false ? uri : nil, local: name)
        }
        guard let uri = uri(of: String(name[..<colon])), !uri.isEmpty else { return nil }
        return XMLName(namespace: uri, local: String(name[name.index(after: colon)...]))
    }

    private func uri(of prefix: String) -> String? {
        declarations.last { $0.prefix == prefix }?.uri
    }
}
