import Contracts
import Inventory

/// A step whose expressions and programs are compiled.
struct CompiledStep: Sendable {
    enum Work: Sendable {
        case call(provider: String, operation: String, with: Formula?)
        case transform(JQProgram)
        case table(file: Formula, rows: Formula, columns: [TableColumn])
        case render(template: String, file: Formula, data: Formula)
        case wait(Duration)
    }

    let step: RecipeStep
    let work: Work
    let when: Formula?
    let forEach: Formula?
    let label: Formula?

    var name: String { step.name }

    init(_ step: RecipeStep, _ timing: JQProgram.Timing) throws(RecipeFault) {
        self.step = step
        work = try Self.work(step, timing)
        when = try Self.formula(step.when, "when", timing)
        forEach = try Self.formula(step.forEach, "for_each", timing)
        label = try Self.formula(step.label, "label", timing)
        if case .wait = step.kind, step.forEach != nil {
            throw RecipeFault("a wait cannot have a for_each")
        }
    }

    private static func formula(
        _ text: String?, _ place: String, _ timing: JQProgram.Timing
    ) throws(RecipeFault) -> Formula? {
        guard let text else { return nil }
        return try Formula(text: text, place, timing)
    }

    private static func work(_ step: RecipeStep, _ timing: JQProgram.Timing) throws(RecipeFault) -> Work {
        switch step.kind {
        case .call(let provider, let operation, let with):
            guard let with else { return .call(provider: provider, operation: operation, with: nil) }
            guard let value = try? JSONValue.parse(with.text) else { throw RecipeFault("with is not valid JSON") }
            return .call(provider: provider, operation: operation, with: try Formula(value, "with", timing))
        case .transform(let program):
            do throws(JQError) {
                return .transform(try JQProgram.compile(program, timing))
            } catch {
                throw RecipeFault("transform is no jq program: \(error)")
            }
        case .table(let file, let rows, let columns):
            return .table(
                file: try Formula(text: file, "table.file", timing),
                rows: try Formula(text: rows, "table.rows", timing),
                columns: columns)
        case .render(let template, let file, let data):
            return .render(
                template: template, file: try Formula(text: file, "render.file", timing),
                data: try Formula(text: data, "render.data", timing))
        case .wait(let duration):
            return .wait(duration)
        }
    }
}
