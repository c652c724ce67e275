import Inventory

/// Reads XML 1.0 with namespaces, as far as contents of APIs need it.
///
/// There are no document types, and so no entities but the five that XML has of itself: nothing can be expanded, and
/// nothing is ever fetched. Text is UTF-8. The reader does not recurse, and its limits bound what it makes.
struct XMLReader {
    private struct Open {
        var element: XMLElement
        /// As written, for the end tag.
        let tag: String
        /// How many prefixes the element declared.
        let declared: Int
        var piece = ""
    }

    private let limits: XMLLimits
    private var scanner: XMLScanner
    private var open: [Open] = []
    private var root: XMLElement?
    private var count = 0
    private var namespaces = XMLNamespaces()

    private init(_ bytes: [UInt8], _ limits: XMLLimits) {
        scanner = XMLScanner(bytes)
        self.limits = limits
    }

    /// The root element.
    static func read(_ bytes: [UInt8], limits: XMLLimits = .default) throws(XMLError) -> XMLElement {
        guard bytes.count <= limits.bytes else { throw XMLError(message: "the text is too large", line: 1) }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw XMLError(message: "the text is not UTF-8", line: 1)
        }
        var reader = XMLReader(bytes, limits)
        return try reader.document()
    }

    private mutating func document() throws(XMLError) -> XMLElement {
        scanner.skip("\u{FEFF}")
        while !scanner.isAtEnd {
            if scanner.next == UInt8(ascii: "<") {
                try markup()
            } else {
                try text()
            }
        }
        guard open.isEmpty else { throw scanner.error("an element has no end") }
        guard let root else { throw scanner.error("there is no element") }
        return root
    }

    private mutating func markup() throws(XMLError) {
        if scanner.skip("<!--") {
            guard scanner.take(until: "-->") != nil else { throw scanner.error("a comment has no end") }
        } else if scanner.skip("<![CDATA[") {
            guard !open.isEmpty else { throw scanner.error("text outside of the root element") }
            guard let text = scanner.take(until: "]]>") else { throw scanner.error("a CDATA section has no end") }
            open[open.count - 1].piece += text
        } else if scanner.skip("<?") {
            guard let text = scanner.take(until: "?>") else { throw scanner.error("an instruction has no end") }
            try checkEncoding(text)
        } else if scanner.skip("<!") {
            throw scanner.error("document types are not read")
        } else if scanner.skip("</") {
            try end()
        } else {
            scanner.skip("<")
            try start()
        }
    }

    private func checkEncoding(_ instruction: String) throws(XMLError) {
        guard instruction.hasPrefix("xml"), instruction.dropFirst(3).first?.isWhitespace == true,
            let mark = instruction.firstRange(of: "encoding")
        else { return }
        let name = instruction[mark.upperBound...].drop { $0.isWhitespace || $0 == "=" || $0 == "\"" || $0 == "'" }
            .prefix { $0 != "\"" && $0 != "'" }.lowercased()
        guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(name) else {
            throw scanner.error("only UTF-8 is read")
        }
    }

    private mutating func text() throws(XMLError) {
        let text = try scanner.text(until: UInt8(ascii: "<"))
        guard open.isEmpty else {
            open[open.count - 1].piece += text
            return
        }
        guard text.allSatisfy(\.isWhitespace) else { throw scanner.error("text outside of the root element") }
    }

    private mutating func start() throws(XMLError) {
        guard root == nil || !open.isEmpty else { throw scanner.error("a second root element") }
        count += 1
        guard count <= limits.elements else { throw scanner.error("too many elements") }
        guard open.count < limits.depth else { throw scanner.error("elements nest too deeply") }
        guard let tag = scanner.name() else { throw scanner.error("an element without a name") }
        var given: [(name: String, value: String)] = []
        var seen: Set<String> = []
        while true {
            let isSpaced = scanner.skipSpace()
            let isEmpty = scanner.skip("/>")
            if isEmpty || scanner.skip(">") {
                try begin(tag, given)
                if isEmpty { try close() }
                return
            }
            guard isSpaced, let name = scanner.name() else { throw scanner.error("a tag is malformed") }
            given.append((name, try scanner.attributeValue()))
            guard seen.insert(name).inserted else { throw scanner.error("an attribute comes twice") }
            guard given.count <= limits.attributes else { throw scanner.error("too many attributes") }
        }
    }

    private mutating func begin(_ tag: String, _ given: [(name: String, value: String)]) throws(XMLError) {
        let declared = namespaces.declare(given)
        var attributes: [XMLAttribute] = []
        for (name, value) in given where name != "xmlns" && !name.hasPrefix("xmlns:") {
            guard let resolved = namespaces.resolve(name, isAttribute: true) else {
                throw scanner.error("a prefix has no namespace")
            }
            attributes.append(XMLAttribute(name: resolved, value: value))
        }
        guard let name = namespaces.resolve(tag, isAttribute: false) else {
            throw scanner.error("a prefix has no namespace")
        }
        keepPiece()
        open.append(Open(element: XMLElement(name: name, attributes: attributes), tag: tag, declared: declared))
    }

    private mutating func end() throws(XMLError) {
        let tag = scanner.name()
        scanner.skipSpace()
        guard let tag, scanner.skip(">"), open.last?.tag == tag else {
            throw scanner.error("an end tag does not fit")
        }
        try close()
    }

    private mutating func close() throws(XMLError) {
        keepPiece()
        guard let last = open.popLast() else { throw scanner.error("an end tag does not fit") }
        namespaces.forget(last.declared)
        if open.isEmpty {
            root = last.element
        } else {
            open[open.count - 1].element.children.append(last.element)
        }
    }

    /// The text since the last tag becomes part of the element's.
    private mutating func keepPiece() {
        guard !open.isEmpty, !open[open.count - 1].piece.isEmpty else { return }
        open[open.count - 1].element.text += open[open.count - 1].piece.trimmed
        open[open.count - 1].piece = ""
    }
}
