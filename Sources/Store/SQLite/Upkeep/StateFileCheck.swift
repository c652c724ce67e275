import Contracts
import GRDB

/// What can be wrong with what a state file says, beyond SQLite's own checks. Each question sees one moment of the file.
package struct StateFileCheck: Sendable {
    private let file: SQLiteFile

    /// - Parameter path: of the state file.
    package init(path: String) {
        file = SQLiteStore.file(path)
    }

    /// A finished file that a journal names.
    package struct PublishedFile: Sendable, Equatable {
        package let task: String
        package let name: String
        package let sha256: String
        /// When the task ended; nil while it goes on.
        package let ended: Timestamp?

        package init(task: String, name: String, sha256: String, ended: Timestamp?) {
            self.task = task
            self.name = name
            self.sha256 = sha256
            self.ended = ended
        }
    }

    /// Columns that hold JSON.
    private static let json: [(table: String, columns: [String])] = [
        ("task", ["progress", "result", "problem"]), ("task_input", ["input"]), ("event", ["fields"]),
        ("step", ["result"]), ("call", ["tries"]), ("call_detail", ["detail"]),
    ]

    /// Whether every journal is numbered from 1 to its task's last event; counts tasks.
    package func journals() throws(StoreError) -> FileCheck { try file.reading(Self.journals) }

    private static func journals(_ db: Database) throws -> FileCheck {
        var list = FaultList()
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT task.id, task.last_event, count(event.number) AS events, coalesce(min(event.number), 1) AS first,
                    coalesce(max(event.number), 0) AS last
                FROM task LEFT JOIN event ON event.task = task.id GROUP BY task.id
                """)
        while let row = try rows.next() {
            list.count += 1
            let id: String = row["id"]
            let (told, events): (Int, Int) = (row["last_event"], row["events"])
            let (first, last): (Int, Int) = (row["first"], row["last"])
            if last - first + 1 != events {
                list.add("the journal of task \(id) has a gap: \(events) events, numbers \(first) to \(last)")
            } else if first != 1 {
                list.add("the journal of task \(id) begins with number \(first)")
            } else if last != told {
                list.add("the journal of task \(id) ends with number \(last), its row says \(told)")
            }
        }
        return list.check
    }

    /// Whether every stored value reads as JSON; counts values.
    ///
    /// - Parameter progress: told now and then how many values were read.
    package func values(progress: (Int) -> Void) throws(StoreError) -> FileCheck {
        try file.reading { try Self.values($0, progress: progress) }
    }

    private static func values(_ db: Database, progress: (Int) -> Void) throws -> FileCheck {
        var list = FaultList()
        for (table, wanted) in json where try db.tableExists(table) {
            let known = Set(try db.columns(in: table).map(\.name))
            let columns = wanted.filter(known.contains)
            guard !columns.isEmpty else { continue }
            let keys = try db.primaryKey(table).columns
            let rows = try Row.fetchCursor(
                db, sql: "SELECT \((columns + keys).map { "\"\($0)\"" }.joined(separator: ", ")) FROM \"\(table)\"")
            while let row = try rows.next() {
                for (index, column) in columns.enumerated() {
                    guard let text: String = row[index] else { continue }
                    list.count += 1
                    if list.count % 4096 == 0 { progress(list.count) }
                    if (try? StoredJSON.value(text, table)) == nil {
                        let record = keys.indices.map { "\(row[columns.count + $0] as DatabaseValue)" }
                        list.add("\(column) of \(table) \(record.joined(separator: " ")) is not JSON")
                    }
                }
            }
        }
        return list.check
    }

    /// What the journals say was published, each name of a task as it was last.
    package func published() throws(StoreError) -> [PublishedFile] { try file.reading(Self.published) }

    private static func published(_ db: Database) throws -> [PublishedFile] {
        var files: [String: PublishedFile] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT event.task, event.fields, task.finished FROM event JOIN task ON task.id = event.task
                WHERE event.type = 'artifact.published' ORDER BY event.task, event.number
                """)
        while let row = try rows.next() {
            let task: String = row[0]
            let text: String = row[1]
            guard let fields = try? StoredJSON.object(text, "event"), let name = fields["name"]?.stringValue,
                let sha256 = fields["sha256"]?.stringValue
            else { continue }
            files["\(task)/\(name)"] = PublishedFile(
                task: task, name: name, sha256: sha256,
                ended: (row[2] as Int64?).map(Timestamp.init(milliseconds:)))
        }
        return files.values.sorted { ($0.task, $0.name) < ($1.task, $1.name) }
    }

    /// Until when the last of the nodes that beat says it lives; nil if none is there.
    package func lastNode() throws(StoreError) -> Timestamp? { try file.reading(Self.lastNode) }

    private static func lastNode(_ db: Database) throws -> Timestamp? {
        guard try db.tableExists("node") else { return nil }
        return try Int64.fetchOne(db, sql: "SELECT max(until) FROM node").map(Timestamp.init(milliseconds:))
    }
}
