import Contracts

/// The project's recorded examples: `footing/contracts/recorded/PROVIDER.OPERATION/NAME.json`.
struct RecordedFolder {
    private let path: String
    private static let fileLimit = 256 << 10

    init(_ project: ProjectFolder) {
        path = project.path + "/footing/contracts/recorded"
    }

    /// By `provider.operation`, in the order of their names. Throws `Failure` for a file that is no example.
    func examples() throws -> [String: [RecordedExample]] {
        var all: [String: [RecordedExample]] = [:]
        for subject in Files.names(in: path) where Files.isFolder("\(path)/\(subject)") {
            for name in Files.names(in: "\(path)/\(subject)") where name.hasSuffix(".json") {
                let file = "\(path)/\(subject)/\(name)"
                guard let json = try? JSONValue.parse(Files.read(file, limit: Self.fileLimit)),
                    let example = RecordedExample(json: json)
                else {
                    throw Failure(
                        .findings, "\(file) is no recorded example",
                        evidence: ["Expected {\"request\": {...}, \"answer\": {\"status\": 200, \"body\": ...}}."],
                        advice: "remove it, and record again: footing contract record")
                }
                all[subject, default: []].append(example)
            }
        }
        return all
    }

    /// Writes an example that is not there yet; returns whether it was new.
    func keep(_ example: RecordedExample, of subject: String) throws -> Bool {
        let file = "\(path)/\(subject)/\(example.name).json"
        guard !Files.exists(file) else { return false }
        try Files.makeFolders(of: file)
        try Files.write(Array((example.json.pretty() + "\n").utf8), to: file)
        return true
    }
}
