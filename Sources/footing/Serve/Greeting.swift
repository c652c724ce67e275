import Inventory

/// The lines a person reads when the server has started.
struct Greeting {
    let project: Project
    let origin: ServiceURL
    let code: String
    let state: String
    let warnings: Int

    func lines(on terminal: Terminal) -> [String] {
        let sentence = "\(project.name) is served, \(project.environment.rawValue)."
        let app = project.app == nil ? "\(origin)/v1" : "\(origin)/"
        var lines = [
            "\(Shape.ok.text(on: terminal)) \(terminal.sentence(sentence))",
            "  \(project.app == nil ? "API    " : "App    ") \(app)",
            "  Console \(origin)/console/login?code=\(PercentEncoding.encode(code))  \(terminal.note("good once, 10 minutes"))",
            "  State   \(state)",
            "  Stop    Ctrl-C; tasks go on after the next start",
        ]
        if warnings > 0 {
            lines.append("  \(terminal.paint(Words.count(warnings, "warning"), .warn)): footing check")
        }
        return lines
    }
}
