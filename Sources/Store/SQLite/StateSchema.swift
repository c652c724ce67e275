/// The tables of the state file, as numbered migrations: an entry is never changed once released, only added to.
enum StateSchema {
    /// "Foot" in ASCII.
    static let applicationID: Int32 = 0x466F_6F74

    static let migrations = [first]

    /// Times are milliseconds since 1970, JSON is text. A task's input stands apart from its row, so that the row,
    /// which every commit rewrites, stays small; likewise the details of a call, so that statistics read little.
    private static let first = """
        CREATE TABLE task (
            id TEXT PRIMARY KEY NOT NULL,
            recipe TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            title TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'waiting', 'done', 'failed', 'cancelled')),
            tenant TEXT NOT NULL,
            owner TEXT NOT NULL,
            created INTEGER NOT NULL,
            started INTEGER,
            finished INTEGER,
            attempt INTEGER NOT NULL DEFAULT 0,
            fruitless INTEGER NOT NULL DEFAULT 0,
            fence INTEGER NOT NULL DEFAULT 0,
            worker TEXT,
            lease_until INTEGER,
            wake_at INTEGER,
            cancel_by TEXT,
            last_event INTEGER NOT NULL DEFAULT 0,
            progress TEXT,
            calls_made INTEGER NOT NULL DEFAULT 0,
            calls_retried INTEGER NOT NULL DEFAULT 0,
            result TEXT,
            problem TEXT
        ) STRICT;
        CREATE INDEX task_by_state ON task (state, id);
        CREATE INDEX task_by_owner ON task (owner, id);
        CREATE INDEX task_by_recipe ON task (recipe, id);
        CREATE INDEX task_by_wake ON task (wake_at) WHERE state = 'waiting';
        CREATE INDEX task_by_lease ON task (lease_until) WHERE state = 'running';
        CREATE INDEX task_by_end ON task (finished, state) WHERE finished IS NOT NULL;

        CREATE TABLE task_input (
            task TEXT PRIMARY KEY NOT NULL REFERENCES task (id) ON DELETE CASCADE,
            input TEXT NOT NULL
        ) STRICT;

        CREATE TABLE submission (
            owner TEXT NOT NULL,
            key TEXT NOT NULL,
            request_hash TEXT NOT NULL,
            task TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
            PRIMARY KEY (owner, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX submission_by_task ON submission (task);

        CREATE TABLE event (
            task TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            type TEXT NOT NULL,
            fields TEXT NOT NULL,
            PRIMARY KEY (task, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE step (
            task TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            result TEXT NOT NULL,
            finished INTEGER NOT NULL,
            UNIQUE (task, key)
        ) STRICT;

        CREATE TABLE call (
            id TEXT PRIMARY KEY NOT NULL,
            at INTEGER NOT NULL,
            provider TEXT NOT NULL,
            operation TEXT NOT NULL,
            caller TEXT NOT NULL,
            task TEXT,
            step TEXT,
            method TEXT NOT NULL,
            path TEXT NOT NULL,
            status INTEGER NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'retried', 'failed')),
            who TEXT,
            code TEXT,
            tries TEXT NOT NULL,
            total_ms REAL NOT NULL,
            footing_ms REAL NOT NULL,
            provider_ms REAL NOT NULL,
            request_id TEXT NOT NULL,
            drift INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX call_by_time ON call (at, provider, operation, outcome, who, total_ms);
        CREATE INDEX call_by_provider ON call (provider, id);
        CREATE INDEX call_by_task ON call (task, id) WHERE task IS NOT NULL;
        CREATE INDEX call_by_outcome ON call (outcome, id) WHERE outcome <> 'answered';

        CREATE TABLE call_detail (
            call TEXT PRIMARY KEY NOT NULL REFERENCES call (id) ON DELETE CASCADE,
            detail TEXT NOT NULL
        ) STRICT;

        CREATE TABLE drift (
            provider TEXT NOT NULL,
            operation TEXT NOT NULL,
            shape TEXT NOT NULL,
            pointer TEXT NOT NULL,
            kind TEXT NOT NULL,
            expected TEXT NOT NULL,
            seen TEXT NOT NULL,
            count INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (provider, operation, shape)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE intent (
            key TEXT PRIMARY KEY NOT NULL,
            call TEXT NOT NULL,
            provider TEXT NOT NULL,
            operation TEXT NOT NULL,
            begun INTEGER NOT NULL,
            settled INTEGER,
            status INTEGER,
            body TEXT
        ) STRICT;
        CREATE INDEX intent_unknown ON intent (begun) WHERE settled IS NULL;

        CREATE TABLE token (
            id TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE,
            scopes TEXT NOT NULL,
            tenant TEXT NOT NULL,
            created INTEGER NOT NULL,
            expires INTEGER,
            revoked INTEGER
        ) STRICT;
        CREATE INDEX token_by_expiry ON token (expires) WHERE expires IS NOT NULL;
        """
}
