import Contracts
import Gateway
import Imports
import Inventory

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One import: reads the document, plans, tries the plan on a copy, and writes it as a whole.
struct ImportRun {
    /// The largest document that is read.
    static let documentLimit = 64 << 20

    private let options: ImportOptions
    private let settings: ImportSettings
    private let project: ProjectFolder

    init(_ options: ImportOptions, source: String) throws {
        self.options = options
        settings = options.settings(source: source)
        project = try options.project.folder()
    }

    func document(_ path: String) throws -> SourceDocument {
        let bytes = try Files.read(path, limit: Self.documentLimit)
        return try guarded { () throws(ImportError) in
            try SourceDocument.read(bytes, file: path == "-" ? "standard input" : path)
        }
    }

    func folder(of path: String) -> String {
        let path = Files.absolute(path)
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }

    /// A file that a document refers to; a link that leads out of the document's folder is not followed.
    static func sibling(_ path: String, below folder: String) throws(ImportError) -> [UInt8] {
        guard let root = real(folder), let file = real(folder + "/" + path) else {
            throw ImportError(file: path, message: "there is no such file")
        }
        guard file.hasPrefix(root == "/" ? root : root + "/") else {
            throw ImportError(file: path, message: "it lies outside of the document's folder")
        }
        do {
            return try Files.read(file, limit: documentLimit)
        } catch {
            throw ImportError(file: path, message: (error as? Failure)?.evidence.first ?? "it cannot be read")
        }
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Operations that an earlier import wrote.
    func importedOrigins() throws -> Set<String> {
        let bytes = try Self.content("contracts/\(settings.provider)/import.json", below: project)
        let record = bytes.flatMap { try? JSONValue.parse($0) }
        return Set(record?["operations"]?.objectValue?.keys ?? [])
    }

    /// A file below the footing folder; nil when there is none.
    static func content(_ path: String, below project: ProjectFolder) throws -> [UInt8]? {
        let path = "\(project.path)/footing/\(path)"
        return Files.exists(path) ? try Files.read(path) : nil
    }

    /// Plans, tries, writes and reports. `present` are the origins of all operations the document describes.
    func finish(_ api: ImportedAPI, present: Set<String>?) throws {
        let project = project
        let plan: ImportPlan
        do {
            plan = try ImportPlan.make(api, settings, present: present) { try Self.content($0, below: project) }
        } catch let error as ImportError {
            throw Self.failure(error)
        }
        if !plan.isEmpty {
            let findings = try ImportRehearsal(project: project).findings(plan.files)
            guard findings.isEmpty else {
                throw Failure(
                    .findings,
                    "Nothing was written: the project would have \(Words.count(findings.count, "new error"))",
                    evidence: findings.prefix(8).map(\.description),
                    advice: "leave the operation out, or change what the finding names")
            }
            if !options.dryRun { try FileBatch(folder: project.path + "/footing").write(plan.files) }
        }
        let report = ImportReport(plan: plan, api: api, settings: settings, isDry: options.dryRun)
        Terminal.output.lines(options.json ? [report.json.pretty()] : report.lines(on: .output))
    }

    func guarded<Value>(_ body: () throws(ImportError) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw Self.failure(error)
        }
    }

    private static func failure(_ error: ImportError) -> Failure {
        Failure(.failed, "The import failed", evidence: [error.description], advice: error.advice)
    }
}
