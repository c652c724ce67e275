import Access
import ArgumentParser
import Contracts
import Gateway
import Inventory
import Store
import Tasks

/// `footing check`: everything that is wrong with the project, at once.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check the project: inventory, contracts, recipes, secrets, tools.",
        discussion: """
            Every finding has file, line and column, like a compiler's. Errors end with exit code 3, warnings with 0. Nothing \
            is changed and no provider is called.

            Examples:
              footing check
              footing check --json
            Next: footing serve
            """)

    @Flag(help: "Answer in JSON, for programs.")
    var json = false

    @OptionGroup var project: ProjectOptions

    func run() async throws {
        let folder = try project.folder()
        let loaded = Project.load(folder: folder.path, environment: Environment.forProject)
        var findings = loaded.findings
        if let project = loaded.project {
            findings += RouteTable.compile(project).findings
            findings += Self.recipes(project)
            findings += try await Self.secrets(project, LocalState(folder: folder))
        }
        findings = Self.sorted(findings)
        let report = CheckReport(project: loaded.project, findings: findings)
        Terminal.output.lines(json ? [report.json.pretty()] : report.lines(on: .output))
        if report.errors > 0 { throw Failure.said(.findings) }
    }

    private static func recipes(_ project: Project) -> [Finding] {
        let renderer = Renderer(folder: project.folder, clock: SystemClock())
        var findings = RecipeBook.findings(project, renderer: renderer)
        guard let reason = renderer.availability() else { return findings }
        for recipe in project.recipes {
            for step in recipe.steps {
                guard case .render(_, let file, _) = step.kind, file.lowercased().hasSuffix(".pdf") else { continue }
                findings.append(Finding(severity: .warning, file: recipe.file, line: step.line, message: reason))
            }
        }
        return findings
    }

    private static func secrets(_ project: Project, _ state: LocalState) async throws -> [Finding] {
        let known = Set(try await state.secretInfos().map(\.name))
        return project.secrets.compactMap { name, declaration in
            guard !known.contains(name.rawValue) else { return nil }
            let users = project.providers.filter { $0.secrets(in: project.environment).contains(name) }.map(\.name)
            let effect = users.isEmpty ? "" : ", so \(users.joined(separator: " and ")) cannot be called"
            return Finding(
                severity: .warning, file: "footing/footing.yaml", line: max(1, declaration.line), column: 3,
                path: "/secrets/\(name.rawValue)", message: "the secret \(name.rawValue) has no value yet\(effect)",
                expected: "footing secret set \(name.rawValue)")
        }
    }

    private static func sorted(_ findings: [Finding]) -> [Finding] {
        findings.sorted { ($0.file, $0.line, $0.column, $0.message) < ($1.file, $1.line, $1.column, $1.message) }
    }
}
