/// What a backup holds, as lines of a terminal.
enum BackupTable {
    static func table(_ manifest: BackupManifest) -> Table {
        var table = Table("part", "files", "size", "format")
        for part in [StateFiles.state, StateFiles.secrets, StateFiles.workspaces, StateFiles.masterKey]
            + StateFiles.others
        {
            let entries = manifest.entries.filter { $0.path == part || $0.path.hasPrefix(part + "/") }
            guard !entries.isEmpty else { continue }
            let format = manifest.formats.first { $0.file == part }.map { "\($0.format)" } ?? ""
            table.add(
                part, Words.number(entries.count), Words.bytes(entries.reduce(0) { $0 + $1.size }), format)
        }
        return table
    }

    /// A sentence to mind, behind its shape.
    static func remark(_ text: String, _ shape: Shape, on terminal: Terminal) -> [String] {
        let indent = String(repeating: " ", count: Shape.width(on: terminal) + 1)
        let lines = text.wrapped(terminal.width - indent.count)
        return lines.enumerated().map { index, line in
            index == 0 ? "\(shape.text(on: terminal)) \(line)" : indent + line
        }
    }
}
