import GRDB

extension StoreError {
    /// The error of the driver, or the store's own error passed through.
    package init(driver error: any Error) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.failed, "The state store failed.", detail: "\(error)")
            return
        }
        // Message and number only: the SQL's bound values may be a caller's data.
        let detail = "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "")"
        switch (error.resultCode, error.extendedResultCode) {
        // Growing the WAL's shared memory on a full disk is reported as an I/O error.
        case (.SQLITE_FULL, _), (_, .SQLITE_IOERR_SHMSIZE):
            self.init(
                .full,
                "The disk is full and nothing was written: free some space where the state folder is; "
                    + "Footing then goes on without a restart.",
                detail: detail)
        case (.SQLITE_CORRUPT, _), (.SQLITE_NOTADB, _):
            self.init(.unreadable, "The state file is damaged: put back a copy.", detail: detail)
        case (.SQLITE_READONLY, _):
            self.init(.failed, "The state file is read-only: let Footing write to its folder.", detail: detail)
        case (.SQLITE_BUSY, _):
            self.init(.failed, "Another process kept the state file locked for too long.", detail: detail)
        default:
            self.init(.failed, "The state store failed.", detail: detail)
        }
    }

    /// A stored row that does not read as what it should be.
    static func damagedRow(_ what: String) -> StoreError {
        StoreError(.unreadable, "A stored record is damaged.", detail: what)
    }
}
