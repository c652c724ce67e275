package import Contracts
import Inventory

/// A JSON or YAML document with its places.
package struct SourceDocument: Sendable {
    /// The name in messages.
    package let file: String
    package let value: JSONValue
    private let source: Source

    private enum Source: Sendable {
        case json(JSONDocument, [UInt8])
        case yaml(DataNode)
    }

    /// Nesting that no description of an API needs; deeper is refused, so that trees can be walked.
    private static let deepest = 128

    /// Reads the text; which of the two it is shows at its beginning.
    package static func read(_ bytes: [UInt8], file: String) throws(ImportError) -> SourceDocument {
        let start = bytes.first { !" \t\r\n\u{FEFF}".utf8.contains($0) }
        guard let start else { throw ImportError(file: file, message: "the file is empty") }
        let isYAML = file.hasSuffix(".yaml") || file.hasSuffix(".yml")
        if start == UInt8(ascii: "{") || start == UInt8(ascii: "[") {
            do {
                let document = try JSONDocument.parse(bytes, limits: JSONLimits(depth: deepest))
                return SourceDocument(file: file, value: document.value, source: .json(document, bytes))
            } catch  where !isYAML {
                throw ImportError(
                    file: file, line: error.line, pointer: error.pointer, message: "broken JSON: \(error.message)",
                    advice: "mend the file there; a JSON linter shows the same place")
            } catch {}
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ImportError(file: file, message: "the file is not UTF-8 text", advice: "save it as UTF-8")
        }
        let (root, findings) = ForeignDocument.read(text, file: file)
        guard let root else {
            let first = findings.first { $0.severity == .error }
            throw ImportError(
                file: file, line: first?.line, message: first?.message ?? "broken YAML",
                advice: first?.expected.map { "expected here: \($0)" } ?? "mend the file there")
        }
        return SourceDocument(file: file, value: JSONValue(root), source: .yaml(root))
    }

    /// The line where a value stands, or the nearest one around it that can be found.
    package func line(of pointer: JSONPointer) -> Int? {
        switch source {
        case .json(let document, let bytes):
            var pointer = pointer
            while true {
                if let offset = document.offset(of: pointer) {
                    return 1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
                }
                guard pointer.tokens.popLast() != nil else { return nil }
            }
        case .yaml(let root):
            var node = root
            var line = root.position.line
            for token in pointer.tokens {
                if let entry = node.entries?.first(where: { $0.key == token }) {
                    line = entry.position.line
                    node = entry.node
                } else if let items = node.items, let index = Int(token), items.indices.contains(index) {
                    node = items[index]
                    line = node.position.line
                } else {
                    break
                }
            }
            return line
        }
    }

    package func error(_ message: String, at pointer: JSONPointer = JSONPointer(), advice: String? = nil) -> ImportError
    {
        ImportError(
            file: file, line: pointer.tokens.isEmpty ? nil : line(of: pointer), pointer: pointer.description,
            message: message, advice: advice)
    }
}
