import Contracts

/// What is said after a task was accepted, and how it is followed if the person wants that.
struct Submitted {
    let client: FootingClient
    let task: JSONValue
    let wantsJSON: Bool

    func tell(watch: Bool) async throws {
        let terminal = Terminal.output
        let id = task.words("id") ?? ""
        guard watch else {
            if wantsJSON {
                terminal.line(task.pretty())
            } else {
                let title = task.words("title") ?? "The task"
                terminal.line(terminal.sentence("\(title): \(task.words("state") ?? "queued"), as task \(id)."))
                terminal.line("It goes on by itself. Follow it: footing task watch \(id)")
            }
            return
        }
        try await Submitted.follow(id, client: client, wantsJSON: wantsJSON, after: 0)
    }

    /// Throws the exit code 1 unless the task is done in the end.
    static func follow(_ id: String, client: FootingClient, wantsJSON: Bool, after: Int) async throws {
        let watch = Watch(client: client, terminal: .output, wantsJSON: wantsJSON, after: after)
        let end = try await watch.run(task: id)
        guard end.state == .done else { throw Failure.said(.failed) }
    }
}
