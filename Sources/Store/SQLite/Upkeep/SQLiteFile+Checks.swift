import GRDB

/// What can be wrong with any file of ours.
extension SQLiteFile {
    /// Pages, indexes and constraints, by SQLite itself; counts pages.
    package func integrity() throws(StoreError) -> FileCheck {
        try reading { db in
            var list = FaultList()
            list.count = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            for line in try String.fetchAll(db, sql: "PRAGMA integrity_check(100)") where line != "ok" {
                list.add(line)
            }
            return list.check
        }
    }

    /// Records that refer to others which are not there; counts tables.
    package func links() throws(StoreError) -> FileCheck {
        try reading { db in
            var list = FaultList()
            list.count = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master WHERE type = 'table'") ?? 0
            let rows = try Row.fetchCursor(db, sql: "PRAGMA foreign_key_check")
            while let row = try rows.next() {
                let table: String = row[0]
                let parent: String = row[2]
                list.add("a record of \(table) refers to one of \(parent) that is not there")
            }
            return list.check
        }
    }
}
