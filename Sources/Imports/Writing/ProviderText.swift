import Contracts
import Inventory

/// The text of a provider's file, changed key by key.
struct ProviderText {
    /// The comment behind a risk that was guessed.
    private static let guessed = "  # guessed from its name: payment, write or read?"

    private var block: BlockText
    private let file: String
    /// What the file says, without operations.
    private(set) var keys = JSONObject()
    private(set) var operations: [(name: String, keys: JSONObject)] = []
    /// Where operations stand in the file as it came; under the empty name, all of them.
    private var places: [String: Int] = [:]

    /// A file that is there.
    init(_ bytes: [UInt8], file: String) throws(ImportError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ImportError(file: file, message: "the file is not UTF-8 text")
        }
        block = BlockText(text)
        self.file = file
        try read()
    }

    /// A new file.
    init(new keys: JSONObject, about: String, file: String) {
        var lines = ["# \(about)"]
        for (key, value) in keys {
            if ["environments", "auth", "limits", "errors", "operations"].contains(key) { lines.append("") }
            lines += YAMLText.lines(key, value, indent: 0)
        }
        block = BlockText((lines + ["", "operations:"]).joined(separator: "\n"))
        self.file = file
        self.keys = keys
    }

    var bytes: [UInt8] { Array(block.text.utf8) }

    mutating func set(_ key: String, to value: JSONValue) {
        keys[key] = value
        let lines = YAMLText.lines(key, value, indent: 0)
        if let old = block.top.first(where: { $0.key == key }) {
            replace(old, with: lines)
        } else {
            let place = block.top.first { $0.key == "operations" }?.lines.lowerBound ?? block.lines.count
            block.replace(place..<place, with: lines + [""])
        }
    }

    /// Sets or removes a key of an operation. Throws where the operation is not written in lines of its own.
    mutating func set(_ key: String, to value: JSONValue?, of operation: String) throws(ImportError) {
        guard let place = operations.firstIndex(where: { $0.name == operation }), let owner = try found(operation)
        else {
            return
        }
        operations[place].keys[key] = value
        let children = block.children(of: owner)
        let indent = children.first?.indent ?? owner.indent + 2
        let lines = value.map { YAMLText.lines(key, $0, indent: indent) } ?? []
        if let old = children.first(where: { $0.key == key }) {
            replace(old, with: lines)
        } else {
            block.replace(owner.lines.upperBound..<owner.lines.upperBound, with: lines)
        }
    }

    /// Adds operations behind the others.
    mutating func add(_ new: [(name: String, keys: JSONObject, isGuess: Bool)]) throws(ImportError) {
        guard !new.isEmpty else { return }
        guard let owner = block.top.first(where: { $0.key == "operations" }) else {
            throw ImportError(
                file: file, message: "\"operations\" is missing", advice: "add a line \"operations:\" to the file")
        }
        let children = block.children(of: owner)
        guard children.count == operations.count else {
            throw unwritable("the list of operations", "")
        }
        let indent = children.first?.indent ?? 2
        var lines: [String] = []
        for (name, keys, isGuess) in new {
            if !children.isEmpty || !lines.isEmpty { lines.append("") }
            lines.append(String(repeating: " ", count: indent) + name + ":")
            for (key, value) in keys {
                var written = YAMLText.lines(key, value, indent: indent + 2)
                if key == "risk", isGuess { written[0] += Self.guessed }
                lines += written
            }
            operations.append((name, keys))
        }
        block.replace(owner.lines.upperBound..<owner.lines.upperBound, with: lines)
    }

    /// Reads the text again and compares it with what it should say.
    func check() throws(ImportError) {
        let copy = try ProviderText(bytes, file: file)
        let isSame =
            copy.keys == keys && copy.operations.map(\.name) == operations.map(\.name)
            && zip(copy.operations, operations).allSatisfy { $0.keys == $1.keys }
        guard isSame else {
            throw ImportError(
                file: file, message: "the file is written in a way that cannot be changed in place",
                advice: "write each key in a line of its own, or move the file away and import anew")
        }
    }

    private mutating func read() throws(ImportError) {
        let document = try SourceDocument.read(bytes, file: file)
        guard let root = document.value.objectValue else {
            throw ImportError(file: file, message: "the file holds no mapping")
        }
        for (key, value) in root where key != "operations" { keys[key] = value }
        operations = (root["operations"]?.objectValue ?? [:]).map { ($0.key, $0.value.objectValue ?? [:]) }
        let place = JSONPointer(tokens: ["operations"])
        places[""] = document.line(of: place)
        for (name, _) in operations { places[name] = document.line(of: place.appending(name)) }
    }

    private func found(_ operation: String) throws(ImportError) -> BlockText.Block? {
        let owner = block.top.first { $0.key == "operations" }
        guard let owner, let found = block.children(of: owner).first(where: { $0.key == operation }) else {
            throw unwritable("operation \(operation)", operation)
        }
        let known = operations.first { $0.name == operation }?.keys.count ?? 0
        // The key being set may be in the model already.
        guard abs(block.children(of: found).count - known) <= 1 else {
            throw unwritable("operation \(operation)", operation)
        }
        return found
    }

    private func unwritable(_ what: String, _ name: String) -> ImportError {
        ImportError(
            file: file, line: places[name], message: "\(what) cannot be changed in place",
            advice: "write each key in a line of its own, without { }")
    }

    private mutating func replace(_ old: BlockText.Block, with lines: [String]) {
        var lines = lines
        if lines.count == 1, old.lines.count == 1, let comment = BlockText.comment(block.lines[old.lines.lowerBound]),
            comment != Self.guessed
        {
            lines[0] += comment
        }
        block.replace(old.lines, with: lines)
    }
}
