/// What loading a project came to: the project when nothing is wrong with it, and everything that was found.
public struct LoadResult: Sendable {
    /// Nil when a finding is an error.
    public let project: Project?
    /// Sorted by file, line and column.
    public let findings: [Finding]

    public init(project: Project?, findings: [Finding]) {
        self.project = project
        self.findings = findings
    }

    public var errors: [Finding] { findings.filter { $0.severity == .error } }
    public var warnings: [Finding] { findings.filter { $0.severity == .warning } }
}
