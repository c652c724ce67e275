/// Operations of the tasks' fast path that go to the database together, and which answer is whose.
///
/// A statement takes a task, and an owner's key, at most once: what comes twice goes into a further statement of the same
/// transaction, in the order in which it came. Claims come last, so that they see the batch's own submissions.
struct TaskBatch {
    private enum Part {
        case submit([Int], [TaskInsertion])
        case commit([Int], [TaskUpdate])
        case renew(Int, [Lease])
        case claim(Int)
    }

    let operations: [TaskOperation]
    private var parts: [Part] = []
    private(set) var statements: [PostgresStatement] = [.begin, TaskStatements.planning]

    init(_ operations: [TaskOperation]) {
        self.operations = operations
        addSubmissions()
        addCommits()
        for (index, operation) in operations.enumerated() {
            guard case .renew(let leases, let until, _) = operation else { continue }
            parts.append(.renew(index, leases))
            statements.append(TaskStatements.renew(leases, until: until))
        }
        for (index, operation) in operations.enumerated() {
            guard case .claim(let worker, let limit, let now, let leaseUntil, _) = operation else { continue }
            parts.append(.claim(index))
            statements.append(
                TaskStatements.claim(worker: worker, limit: limit, now: now, leaseUntil: leaseUntil))
        }
        statements.append(.commit)
    }

    private mutating func addSubmissions() {
        var open: [(Int, TaskInsertion)] = operations.enumerated().compactMap { index, operation in
            if case .submit(let insertion, _) = operation { (index, insertion) } else { nil }
        }
        while !open.isEmpty {
            var taken: Set<[String]> = []
            let round = Self.firsts(&open) { insertion in
                var names = [[insertion.task.id]]
                if let key = insertion.task.idempotencyKey { names.append([insertion.task.owner, key]) }
                guard taken.isDisjoint(with: names) else { return false }
                taken.formUnion(names)
                return true
            }
            parts.append(.submit(round.map(\.0), round.map(\.1)))
            statements.append(TaskStatements.submit(round.map(\.1)))
        }
    }

    private mutating func addCommits() {
        var open: [(Int, TaskUpdate)] = operations.enumerated().compactMap { index, operation in
            if case .commit(let update, _) = operation { (index, update) } else { nil }
        }
        while !open.isEmpty {
            var taken: Set<String> = []
            let round = Self.firsts(&open) { taken.insert($0.lease.task).inserted }
            parts.append(.commit(round.map(\.0), round.map(\.1)))
            statements.append(TaskStatements.commit(round.map(\.1)))
        }
    }

    /// Takes out those that may go together.
    private static func firsts<Item>(
        _ open: inout [(Int, Item)], _ mayGo: (Item) -> Bool
    ) -> [(Int, Item)] {
        var round: [(Int, Item)] = []
        var rest: [(Int, Item)] = []
        for entry in open {
            if mayGo(entry.1) { round.append(entry) } else { rest.append(entry) }
        }
        open = rest
        return round
    }

    /// Tells every operation what became of it.
    ///
    /// - Parameter rows: the answers to `statements`, once they are durable.
    func report(_ rows: [PostgresRows]) {
        for (part, answer) in zip(parts, rows.dropFirst(2)) {
            switch part {
            case .submit(let places, _):
                let created = Set(answer.map { ($0.optionalInt("place") ?? 0) - 1 })
                for (number, place) in places.enumerated() {
                    guard case .submit(_, let report) = operations[place] else { continue }
                    report(.success(created.contains(Int64(number))))
                }
            case .commit(let places, _):
                var before: [Int64: Int] = [:]
                for (place, number) in answer.map({ ($0.optionalInt("place"), $0.optionalInt("before")) }) {
                    if let place, let number { before[place - 1] = Int(number) }
                }
                for (number, place) in places.enumerated() {
                    guard case .commit(_, let report) = operations[place] else { continue }
                    report(.success(before[Int64(number)]))
                }
            case .renew(let place, let leases):
                guard case .renew(_, _, let report) = operations[place] else { continue }
                report(.success(Self.statuses(leases, answer)))
            case .claim(let place):
                guard case .claim(_, _, _, _, let report) = operations[place] else { continue }
                report(.success(answer))
            }
        }
    }

    private static func statuses(_ leases: [Lease], _ rows: PostgresRows) -> [Lease: LeaseStatus] {
        var statuses = Dictionary(leases.map { ($0, LeaseStatus.lost) }) { first, _ in first }
        _ = rows.map { row in
            guard let id = row.optionalText("id"), let fence = row.optionalInt("fence") else { return }
            let cancelledBy = row.optionalText("cancel_by")
            statuses[Lease(task: id, fence: fence)] = cancelledBy.map { .cancelRequested(by: $0) } ?? .held
        }
        return statuses
    }
}
