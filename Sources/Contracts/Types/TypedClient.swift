public import Inventory

/// Writes types and a small client for a front end from a project's inventory, in one file without dependencies.
///
/// The same inventory always gives the same text: what is in it stands in the inventory's order, and nothing of the
/// moment or the machine goes in.
public struct TypedClient: Sendable {
    public enum Language: String, Sendable, CaseIterable {
        case typeScript = "ts"
        case swift
    }

    public let language: Language

    public init(_ language: Language) {
        self.language = language
    }

    /// Throws for a contract that types cannot be made of.
    ///
    /// - Parameter providers: only these; nil: all, and the recipes as tasks.
    public func text(of project: Project, providers: Set<String>? = nil) throws(TypeError) -> String {
        switch language {
        case .typeScript:
            TypeScriptWriter(try TypedProject(project, only: providers, reserved: TypeScriptWriter.reserved)).text()
        case .swift:
            SwiftWriter(try TypedProject(project, only: providers, reserved: SwiftWriter.reserved)).text()
        }
    }
}
