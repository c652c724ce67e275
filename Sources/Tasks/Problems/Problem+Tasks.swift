import Contracts
import Store

/// The problems this module itself reports.
extension Problem {
    static func inputInvalid(_ errors: [Problem.Fault]) -> Problem {
        let sentence = errors.first.map(\.message) ?? "The input is not what the recipe expects."
        let more = errors.count > 1 ? " (and \(errors.count - 1) more)" : ""
        return Problem(
            "input_invalid", source: .caller, status: 400, title: "The input is not valid", detail: sentence + more,
            faults: errors)
    }

    static func inputTooLarge(limit: Int) -> Problem {
        Problem(
            "input_too_large", source: .caller, status: 413, title: "The input is too large",
            detail: "The input of a task may have at most \(limit / 1024) KiB.")
    }

    static func recipeUnknown(_ name: String, suggestion: String?) -> Problem {
        let shown = String(name.prefix(64))
        return Problem(
            "recipe_unknown", source: .caller, status: 404, title: "There is no such recipe",
            detail: "There is no recipe \"\(shown)\"." + (suggestion.map { " Did you mean \"\($0)\"?" } ?? ""),
            members: suggestion.map { ["suggestion": .string($0)] } ?? [:])
    }

    static func operationUnknown(_ provider: String, _ operation: String) -> Problem {
        Problem(
            "operation_unknown", source: .caller, status: 404, title: "There is no such operation",
            detail: "There is no operation \"\(provider.prefix(64)).\(operation.prefix(64))\".")
    }

    static func recipeBroken(_ name: String, log: String) -> Problem {
        Problem(
            "recipe_broken", source: .footing, status: 500, title: "The recipe cannot be run",
            detail: "The recipe \"\(name)\" has an error in it; `footing check` says where.", log: log)
    }

    static func recipeChanged(_ name: String) -> Problem {
        Problem(
            "recipe_changed", source: .footing, status: 409, title: "The recipe has changed",
            detail: "The recipe \"\(name)\" was changed while this task was under way, so what is left of it is no "
                + "longer what was started. Start the task again.")
    }

    static func recipeGone(_ name: String) -> Problem {
        Problem(
            "recipe_changed", source: .footing, status: 409, title: "The recipe is gone",
            detail: "The recipe \"\(name)\" no longer exists. Restore it, then start the task again.")
    }

    static func keepsCrashing(attempts: Int) -> Problem {
        Problem(
            "task_keeps_crashing", source: .footing, status: 500, title: "The task keeps crashing",
            detail: "The server stopped \(attempts) times while it worked on this task. It is not tried again.")
    }

    static func stepBroken(_ step: String, _ reason: String, log: String = "") -> Problem {
        Problem(
            "step_failed", source: .footing, status: 500, title: "A step failed",
            detail: "The step \"\(step)\" could not be done: \(reason)", log: log)
    }

    static func tooMany(_ step: String, count: Int, limit: Int) -> Problem {
        Problem(
            "too_many_items", source: .footing, status: 500, title: "Too many items",
            detail: "The step \"\(step)\" would be done for \(count) items; the limit is \(limit).")
    }

    static func resultTooLarge(_ step: String, limit: Int) -> Problem {
        Problem(
            "result_too_large", source: .footing, status: 500, title: "A result is too large",
            detail: "The result of the step \"\(step)\" has more than \(limit / 1_048_576) MiB.")
    }

    static func unexpected(_ error: any Error) -> Problem {
        Problem(
            "footing_error", source: .footing, status: 500, title: "Something went wrong inside Footing",
            detail: "Something went wrong inside Footing. The log says more.", log: "\(error)")
    }

    static func diskFull(_ what: String) -> Problem {
        Problem(
            "disk_full", source: .footing, status: 507, title: "The disk is full",
            detail: "There was no room to store \(what).", isRetryable: true)
    }

    static func workspaceFull(limit: Int) -> Problem {
        Problem(
            "workspace_full", source: .footing, status: 507, title: "The task's files are too large",
            detail: "The files of one task may have at most \(limit / 1_048_576) MB together.")
    }

    static func tenantFull(limit: Int) -> Problem {
        Problem(
            "tenant_full", source: .footing, status: 507, title: "The tenant's files are too large",
            detail: "There is no room for more files: remove some, or wait until old ones go.",
            advice: "All files of one tenant may have \(limit / 1_000_000) MB: raise workspace.tenant, or keep "
                + "artifacts for a shorter time (keep.artifacts).")
    }

    static func fileNameRefused(_ name: String) -> Problem {
        Problem(
            "file_name_refused", source: .footing, status: 400, title: "The file name cannot be used",
            detail: "A file name may have letters, digits, dots, dashes and underscores, at most 128 of them, and "
                + "must not begin with a dot.", log: String(name.debugDescription.prefix(200)))
    }

    static func fileTrouble(_ what: String, errno code: Int32) -> Problem {
        Problem(
            "workspace_unusable", source: .footing, status: 500, title: "The task's files cannot be used",
            detail: "The task's files could not be \(what).", log: "errno \(code)")
    }

    static func templateBroken(_ template: String, _ reason: String) -> Problem {
        Problem(
            "template_broken", source: .footing, status: 500, title: "The template cannot be used",
            detail: "The template \"\(template)\" cannot be used: \(reason)")
    }

    static let rendererMissing = Problem(
        "renderer_missing", source: .footing, status: 500, title: "PDF files cannot be made here",
        detail: "WeasyPrint is not installed on the server, so the PDF could not be made. \(Renderer.installHint)")

    static func rendererFailed(_ reason: String, log: String) -> Problem {
        Problem(
            "renderer_failed", source: .footing, status: 500, title: "The PDF could not be made",
            detail: "The PDF could not be made: \(reason)", log: log)
    }
}
