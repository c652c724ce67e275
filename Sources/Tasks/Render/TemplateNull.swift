import Mustache

/// Renders as nothing, and closes sections; stops the search in outer objects.
struct TemplateNull: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
