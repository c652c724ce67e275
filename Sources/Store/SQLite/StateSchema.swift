/// The tables of the state file, as numbered migrations: an entry is never changed once released, only added to.
enum StateSchema {
    /// "Foot" in ASCII.
    static let applicationID: Int32 = 0x466F_6F74

    static let migrations = [first, second, third, drift]

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

    /// An intent becomes a record with a life of its own; calls are counted apart from their rows; what people set by
    /// hand, shared limits and money have tables.
    private static let second = """
        ALTER TABLE call ADD COLUMN risk TEXT NOT NULL DEFAULT 'read' CHECK (risk IN ('read', 'write', 'payment'));
        DROP INDEX call_by_time;
        CREATE INDEX call_by_time ON call (at);

        DROP INDEX intent_unknown;
        ALTER TABLE intent RENAME TO earlier_intent;
        CREATE TABLE intent (
            call TEXT PRIMARY KEY NOT NULL,
            caller TEXT NOT NULL,
            caller_name TEXT NOT NULL,
            provider TEXT NOT NULL,
            operation TEXT NOT NULL,
            key TEXT,
            provider_key TEXT,
            fingerprint TEXT NOT NULL,
            risk TEXT NOT NULL CHECK (risk IN ('read', 'write', 'payment')),
            node TEXT NOT NULL,
            begun INTEGER NOT NULL,
            expires INTEGER NOT NULL,
            repeats INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('in_flight', 'answered', 'unknown', 'happened', 'not_happened')),
            status INTEGER,
            fields TEXT,
            body BLOB,
            body_length INTEGER,
            settled INTEGER,
            settled_by TEXT
        ) STRICT;
        CREATE UNIQUE INDEX intent_by_key ON intent (caller, provider, operation, key) WHERE key IS NOT NULL;
        CREATE INDEX intent_in_flight ON intent (node) WHERE state = 'in_flight';
        CREATE INDEX intent_unknown ON intent (begun) WHERE state = 'unknown';
        CREATE INDEX intent_by_expiry ON intent (expires) WHERE state IN ('answered', 'happened', 'not_happened');
        INSERT OR IGNORE INTO intent (call, caller, caller_name, provider, operation, fingerprint, risk, node, begun,
                expires, state)
            SELECT call, '', 'unknown', provider, operation, '', 'write', '', begun, begun, 'unknown'
            FROM earlier_intent WHERE settled IS NULL;
        DROP TABLE earlier_intent;

        CREATE TABLE node (
            id TEXT PRIMARY KEY NOT NULL,
            until INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE provider_switch (
            provider TEXT PRIMARY KEY NOT NULL,
            reason TEXT NOT NULL,
            by TEXT NOT NULL,
            at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE fault (
            id TEXT PRIMARY KEY NOT NULL,
            provider TEXT NOT NULL,
            operation TEXT,
            kind TEXT NOT NULL CHECK (kind IN ('status', 'delay', 'drop', 'truncated', 'garbage')),
            status INTEGER,
            rate REAL NOT NULL,
            delay INTEGER NOT NULL,
            by TEXT NOT NULL,
            at INTEGER NOT NULL,
            expires INTEGER
        ) STRICT;

        CREATE TABLE control_version (
            one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
            version INTEGER NOT NULL
        ) STRICT;
        INSERT INTO control_version (one, version) VALUES (1, 0);

        CREATE TABLE share (
            name TEXT NOT NULL,
            node TEXT NOT NULL,
            wanted INTEGER NOT NULL,
            granted INTEGER NOT NULL,
            until INTEGER NOT NULL,
            served INTEGER NOT NULL,
            PRIMARY KEY (name, node)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX share_by_node ON share (node);

        CREATE TABLE spending (
            day INTEGER NOT NULL,
            tenant TEXT NOT NULL,
            currency TEXT NOT NULL,
            nanos INTEGER NOT NULL,
            PRIMARY KEY (day, tenant, currency)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE tally (
            period INTEGER NOT NULL,
            start INTEGER NOT NULL,
            provider TEXT NOT NULL,
            operation TEXT NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'retried', 'failed')),
            who TEXT NOT NULL,
            count INTEGER NOT NULL,
            limited INTEGER NOT NULL,
            total_us INTEGER NOT NULL,
            provider_us INTEGER NOT NULL,
            last INTEGER,
            latencies TEXT NOT NULL,
            PRIMARY KEY (period, start, provider, operation, outcome, who)
        ) STRICT, WITHOUT ROWID;
        """

    /// When shared limits were last in use, what is used up of daily ones, and pauses that providers asked for.
    private static let third = """
        CREATE TABLE share_past (
            name TEXT PRIMARY KEY NOT NULL,
            until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE quota (
            day INTEGER NOT NULL,
            name TEXT NOT NULL,
            used INTEGER NOT NULL,
            PRIMARY KEY (day, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE provider_pause (
            provider TEXT PRIMARY KEY NOT NULL,
            until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
