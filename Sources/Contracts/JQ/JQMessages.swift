import CJQ

/// Collects what libjq would print to the error stream while it compiles.
final class JQMessages {
    private var lines: [String] = []

    /// The function libjq calls, with the collector as its data.
    static let callback: @convention(c) (UnsafeMutableRawPointer?, jv) -> Void = { data, message in
        defer { jv_free(message) }
        guard let data, jv_get_kind(message) == JV_KIND_STRING else { return }
        Unmanaged<JQMessages>.fromOpaque(data).takeUnretainedValue().lines.append(JQValue.string(message))
    }

    /// jq's words without its name, the count of errors at the end, and the echo of the program.
    var summary: String {
        let errors = lines.compactMap { line -> String? in
            guard line.hasPrefix("jq: error: ") else { return nil }
            let first = line.dropFirst("jq: error: ".count).prefix { $0 != "\n" }
            return clean(first.hasSuffix(":") ? first.dropLast() : first)
        }
        return errors.isEmpty ? "This is no jq program" : errors.joined(separator: "; ")
    }

    /// Without the asides that only make sense in a shell.
    private func clean(_ text: Substring) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false)
        if let start = words.firstIndex(of: "(Unix"), words.count > start + 3, words[start + 3] == "issues?)" {
            words.removeSubrange(start...start + 3)
        }
        if let start = words.firstIndex(of: "at"), words.count > start + 1, words[start + 1] == "<top-level>," {
            words[start + 1] = ""
            return words[..<start].joined(separator: " ") + " at" + words[(start + 2)...].map { " " + $0 }.joined()
        }
        return words.joined(separator: " ")
    }
}
