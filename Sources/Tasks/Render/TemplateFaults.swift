/// What is wrong with a template.
struct TemplateFaults: Error, Sendable {
    let faults: [TemplateCheck.Fault]
}
