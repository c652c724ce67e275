import Contracts
import Mustache

/// A Mustache template, checked and parsed.
struct Template: Sendable {
    /// The engine's own escaping is off: data is escaped before (`TemplateText`).
    private static let head = "{{% CONTENT_TYPE:TEXT}}\n"

    private let template: MustacheTemplate

    /// Throws the faults found, at least one.
    init(_ text: String) throws(TemplateFaults) {
        let faults = TemplateCheck.faults(in: text)
        guard faults.isEmpty else { throw TemplateFaults(faults: faults) }
        do {
            template = try MustacheTemplate(string: Self.head + text)
        } catch {
            throw TemplateFaults(faults: [Self.fault(error)])
        }
    }

    func render(_ data: JSONValue, escaped: Bool) -> String {
        template.render(TemplateData.value(data, escaped: escaped))
    }

    private static func fault(_ error: any Error) -> TemplateCheck.Fault {
        guard let error = error as? MustacheTemplate.ParserError else {
            return TemplateCheck.Fault(line: 1, message: "it is no Mustache template")
        }
        let line = max(1, error.context.lineNumber - 1)
        let message =
            switch error.error as? MustacheTemplate.Error {
            case .sectionCloseNameIncorrect: "a section is closed by another name than it was opened"
            case .unfinishedName: "a tag has no }} or a name that cannot be"
            case .expectedSectionEnd: "a section is not closed"
            default: "it is no Mustache template"
            }
        return TemplateCheck.Fault(line: line, message: message)
    }
}
