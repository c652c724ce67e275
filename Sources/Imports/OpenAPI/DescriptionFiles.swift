import Contracts
import Inventory

/// The files of a description: the main document, and those it refers to, read when something in them is asked for.
///
/// References stay below the main document's folder and never cause anything to be fetched.
final class DescriptionFiles {
    /// Reads a file below the main document's folder, by its path from there.
    typealias Reader = (_ path: String) throws(ImportError) -> [UInt8]

    private static let mostFiles = 500
    private static let mostText = 128 << 20
    private static let longestChain = 32

    let main: SourceDocument
    private let read: Reader
    private var others: [String: SourceDocument] = [:]
    private var size = 0

    init(main: SourceDocument, read: @escaping Reader) {
        self.main = main
        self.read = read
    }

    /// The value at a place.
    func value(at place: DocumentPlace) throws(ImportError) -> JSONValue? {
        try document(place.file, for: place).value.value(at: place.pointer)
    }

    /// Follows references until something else stands there.
    func followed(_ value: JSONValue, at place: DocumentPlace) throws(ImportError) -> (JSONValue, DocumentPlace) {
        var (value, current) = (value, place)
        for _ in 0..<Self.longestChain {
            guard let reference = value["$ref"]?.stringValue else { return (value, current) }
            (value, current) = try target(of: reference, at: current)
        }
        throw error("this reference leads to itself", at: place, advice: "let one of the references be a real value")
    }

    /// Where a reference leads, and what stands there.
    func target(of reference: String, at place: DocumentPlace) throws(ImportError) -> (JSONValue, DocumentPlace) {
        let here = place.appending("$ref")
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first ?? ""
        var target = DocumentPlace(file: place.file)
        if !path.isEmpty { target.file = try file(String(path), from: place.file, at: here) }
        if parts.count > 1 {
            guard let fragment = PercentEncoding.decode(parts[1].utf8), let pointer = JSONPointer(fragment) else {
                throw error(
                    "the reference \"\(shown(reference))\" does not name a place by its path", at: here,
                    advice: "write it like #/components/schemas/NAME")
            }
            target.pointer = pointer
        }
        guard let value = try document(target.file, for: here).value.value(at: target.pointer) else {
            throw error(
                "the reference \"\(shown(reference))\" leads nowhere", at: here,
                advice: "add what it names, or mend the reference")
        }
        return (value, target)
    }

    func error(_ message: String, at place: DocumentPlace, advice: String? = nil) -> ImportError {
        (others[place.file] ?? main).error(message, at: place.pointer, advice: advice)
    }

    private func document(_ file: String, for place: DocumentPlace) throws(ImportError) -> SourceDocument {
        if file.isEmpty { return main }
        if let known = others[file] { return known }
        guard others.count < Self.mostFiles else {
            throw error("the description has more than \(Self.mostFiles) files", at: place)
        }
        let bytes: [UInt8]
        do {
            bytes = try read(file)
        } catch {
            throw self.error(
                "the file \"\(shown(file))\" cannot be read: \(error.message)", at: place,
                advice: "put it below the folder of the document")
        }
        size += bytes.count
        guard size <= Self.mostText else {
            throw error("the files of the description are larger than \(Self.mostText >> 20) MB together", at: place)
        }
        let document = try SourceDocument.read(bytes, file: file)
        others[file] = document
        return document
    }

    private func file(_ path: String, from file: String, at place: DocumentPlace) throws(ImportError) -> String {
        let target = path.hasPrefix("/") || path.hasPrefix("\\") ? .foreign : RelativePath(path, from: file)
        switch target {
        case .inside(let name): return name
        case .outside:
            throw error(
                "the reference \"\(shown(path))\" leads out of the document's folder", at: place,
                advice: "put the file below the folder of the document")
        case .foreign:
            throw error(
                "the reference \"\(shown(path))\" leads away from the document's folder; nothing is fetched", at: place,
                advice: "put the file below the folder of the document and refer to it from there")
        }
    }

    private func shown(_ text: String) -> String {
        SecretCleaning.cleaned(text.count > 120 ? text.prefix(119) + "…" : text)
    }
}
