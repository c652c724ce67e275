import Inventory

/// Paths as documents write them.
enum PathText {
    /// The path with parameter names the inventory can hold, and the name that each of the document's became.
    ///
    /// Nil for a path that the inventory cannot hold, with the reason.
    static func inventory(_ path: String) -> Result<(path: String, names: [String: String]), PathFault> {
        var result = ""
        var names: [String: String] = [:]
        var rest = path[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            let plain = parameter(name)
            names[name] = plain
            result += rest[..<open] + "{\(plain)}"
            rest = rest[rest.index(after: close)...]
        }
        result += rest
        guard Set(names.values).count == names.count else {
            return .failure(PathFault("two of its parameters would have the same name"))
        }
        do {
            _ = try PathTemplate(result)
            return .success((result, names))
        } catch {
            return .failure(PathFault(error.description))
        }
    }

    /// Letters, digits, `_` and `-`, not beginning with a digit.
    static func parameter(_ name: String) -> String {
        let plain = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") ? $0 : "_" })
        guard let first = plain.first, first.isLetter || first == "_" else { return "p" + plain }
        return plain
    }
}

/// Why a path cannot be in the inventory.
struct PathFault: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
