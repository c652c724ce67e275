import Inventory
import Logging
import ServiceLifecycle
import Tasks

/// Looks through the recipes once the server is up, and logs what is wrong with them.
///
/// Compiling every jq program takes longer than starting, and a faulty recipe fails only its own tasks; `footing check` tells the same beforehand.
struct RecipeCheck: Service {
    let project: Project
    let renderer: Renderer
    let faults: RecipeFaults
    let logger: Logger

    func run() async throws {
        let findings = RecipeBook.findings(project, renderer: renderer)
        faults.begin(findings)
        for finding in findings {
            logger.log(
                level: finding.severity == .error ? .error : .warning, "recipe", metadata: ["finding": "\(finding)"])
        }
        if let reason = renderer.availability() {
            logger.warning("renderer", metadata: ["finding": "\(reason)"])
        }
        try? await gracefulShutdown()
    }
}
