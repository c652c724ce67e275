/// What went wrong at the database, before it is put into words.
struct PostgresFailure: Error {
    enum Kind {
        /// No connection: it could not be made, or it ended.
        case lost
        /// The server refused a statement, and the connection is good.
        case refused
    }

    let kind: Kind
    /// Five characters; nil where libpq itself failed.
    let sqlState: String?
    /// Never holds a password; may hold values of the statement, so it goes to the log only.
    let message: String
    /// Whether a COMMIT had been sent whose answer never came.
    var isUnconfirmed = false

    init(_ kind: Kind, sqlState: String? = nil, message: String) {
        self.kind = kind
        self.sqlState = sqlState
        self.message = message
    }

    /// The transaction lost against another one and may be done again from its beginning.
    var isCollision: Bool { sqlState == "40001" || sqlState == "40P01" || sqlState == "55P03" }

    /// The connection's prepared statements are not what was thought: a pooler has changed the server's connection
    /// under us, or the tables have changed.
    var isStaleStatement: Bool {
        sqlState == "26000" || sqlState == "42P05"
            || (sqlState == "0A000" && message.contains("cached plan"))
    }

    /// The value itself is refused, not the transaction: another operation of the batch may well succeed.
    var isOperationsOwn: Bool {
        guard kind == .refused, let sqlState else { return false }
        return sqlState.hasPrefix("22") || sqlState.hasPrefix("23") || sqlState.hasPrefix("54")
    }
}

extension StoreError {
    init(postgres failure: PostgresFailure) {
        let detail = "PostgreSQL \(failure.sqlState ?? "connection"): \(failure.message)"
        if failure.isUnconfirmed {
            self.init(
                .unconfirmed,
                "The connection to the database ended while it committed: whether this was written is not known.",
                detail: detail)
            return
        }
        switch failure.sqlState {
        case "53100":
            self.init(
                .full,
                "The database server's disk is full and nothing was written: free some space there; "
                    + "Footing then goes on without a restart.", detail: detail)
        case "53200", "53400":
            self.init(.overloaded, "The database server is out of memory; nothing was written.", detail: detail)
        case "53300":
            self.init(
                .unavailable,
                "The database takes no more connections: raise its max_connections, or run fewer nodes.",
                detail: detail)
        case "57P01", "57P02", "57P03", "57P05":
            self.init(
                .unavailable, "The database server is shutting down or starting; nothing was written.", detail: detail)
        case "28P01", "28000":
            self.init(
                .unavailable, "The database refuses the user or the password of FOOTING_DATABASE_URL.", detail: detail)
        case "3D000":
            self.init(.unavailable, "The database of FOOTING_DATABASE_URL does not exist.", detail: detail)
        case "42501", "25006":
            self.init(
                .failed, "The database lets Footing read only: grant it the right to write, or name the primary.",
                detail: detail)
        case "57014":
            self.init(.failed, "The database gave up a statement that took too long.", detail: detail)
        case "40001", "40P01", "55P03":
            self.init(.overloaded, "Too many nodes wrote the same thing at once; nothing was written.", detail: detail)
        default:
            switch failure.kind {
            case .lost:
                self.init(.unavailable, "The database cannot be reached; nothing was written.", detail: detail)
            case .refused:
                self.init(.failed, "The state store failed.", detail: detail)
            }
        }
    }
}
