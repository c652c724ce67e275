extension PostgresSchema {
    /// Times are milliseconds since 1970, JSON is text, and ids sort by their bytes.
    ///
    /// A task is three rows. `task` holds what never changes, `live` what a worker changes: narrow, rewritten often,
    /// only as long as the task is open, so that claims look at open tasks however many have ended. `task_end` holds
    /// how it ended. Nothing refers to anything by a foreign key: each would cost a look-up per row.
    static let first = """
        CREATE TABLE task (
            id text COLLATE "C" PRIMARY KEY,
            recipe text NOT NULL,
            fingerprint text NOT NULL,
            title text NOT NULL,
            input text NOT NULL,
            tenant text NOT NULL,
            owner text NOT NULL,
            created bigint NOT NULL
        );
        CREATE INDEX task_by_owner ON task (owner, id);
        CREATE INDEX task_by_recipe ON task (recipe, id);

        CREATE TABLE live (
            id text COLLATE "C" PRIMARY KEY,
            state text NOT NULL CHECK (state IN ('queued', 'running', 'waiting')),
            started bigint,
            attempt bigint NOT NULL DEFAULT 0,
            fruitless bigint NOT NULL DEFAULT 0,
            fence bigint NOT NULL DEFAULT 0,
            worker text,
            lease_until bigint,
            wake_at bigint,
            cancel_by text,
            last_event bigint NOT NULL DEFAULT 0,
            progress text,
            calls_made bigint NOT NULL DEFAULT 0,
            calls_retried bigint NOT NULL DEFAULT 0
        ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000,
            autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
        CREATE INDEX live_queued ON live (id) WHERE state = 'queued';
        CREATE INDEX live_by_wake ON live (wake_at) WHERE state = 'waiting';
        CREATE INDEX live_by_lease ON live (lease_until) WHERE state = 'running';

        CREATE TABLE task_end (
            id text COLLATE "C" PRIMARY KEY,
            state text NOT NULL CHECK (state IN ('done', 'failed', 'cancelled')),
            finished bigint NOT NULL,
            started bigint,
            attempt bigint NOT NULL,
            fruitless bigint NOT NULL,
            fence bigint NOT NULL,
            cancel_by text,
            last_event bigint NOT NULL,
            progress text,
            calls_made bigint NOT NULL,
            calls_retried bigint NOT NULL,
            result text,
            problem text
        );
        CREATE INDEX task_end_by_time ON task_end (finished, state);
        CREATE INDEX task_end_by_state ON task_end (state, id) WHERE state <> 'done';

        CREATE TABLE submission (
            owner text NOT NULL,
            key text NOT NULL,
            request_hash text NOT NULL,
            task text NOT NULL,
            PRIMARY KEY (owner, key)
        );

        CREATE TABLE event (
            task text COLLATE "C" NOT NULL,
            last bigint NOT NULL,
            at bigint NOT NULL,
            entries text NOT NULL,
            PRIMARY KEY (task, last)
        );

        CREATE TABLE step (
            task text COLLATE "C" NOT NULL,
            key text NOT NULL,
            place bigint GENERATED ALWAYS AS IDENTITY,
            result text NOT NULL,
            finished bigint NOT NULL,
            PRIMARY KEY (task, key)
        );

        CREATE TABLE call (
            id text COLLATE "C" PRIMARY KEY,
            at bigint NOT NULL,
            provider text NOT NULL,
            operation text NOT NULL,
            caller text NOT NULL,
            task text,
            step text,
            method text NOT NULL,
            path text NOT NULL,
            status bigint NOT NULL,
            outcome text NOT NULL CHECK (outcome IN ('answered', 'retried', 'failed')),
            who text,
            code text,
            tries text NOT NULL,
            total_ms double precision NOT NULL,
            footing_ms double precision NOT NULL,
            provider_ms double precision NOT NULL,
            request_id text NOT NULL,
            drift boolean NOT NULL,
            risk text NOT NULL CHECK (risk IN ('read', 'write', 'payment')),
            detail text NOT NULL
        ) WITH (autovacuum_vacuum_scale_factor = 0.05);
        CREATE INDEX call_by_time ON call (at);
        CREATE INDEX call_by_provider ON call (provider, id);
        CREATE INDEX call_by_task ON call (task, id) WHERE task IS NOT NULL;
        CREATE INDEX call_by_outcome ON call (outcome, id) WHERE outcome <> 'answered';

        CREATE TABLE drift (
            provider text COLLATE "C" NOT NULL,
            operation text COLLATE "C" NOT NULL,
            shape text COLLATE "C" NOT NULL,
            pointer text NOT NULL,
            kind text NOT NULL,
            expected text NOT NULL,
            seen text NOT NULL,
            count bigint NOT NULL,
            first bigint NOT NULL,
            last bigint NOT NULL,
            side text NOT NULL CHECK (side IN ('request', 'answer')),
            action text NOT NULL,
            keyword text NOT NULL,
            observed text,
            sample text,
            call text,
            PRIMARY KEY (provider, operation, shape)
        );

        CREATE TABLE intent (
            call text COLLATE "C" PRIMARY KEY,
            caller text NOT NULL,
            caller_name text NOT NULL,
            provider text NOT NULL,
            operation text NOT NULL,
            key text,
            provider_key text,
            fingerprint text NOT NULL,
            risk text NOT NULL CHECK (risk IN ('read', 'write', 'payment')),
            node text NOT NULL,
            begun bigint NOT NULL,
            expires bigint NOT NULL,
            repeats bigint NOT NULL DEFAULT 0,
            state text NOT NULL CHECK (state IN ('in_flight', 'answered', 'unknown', 'happened', 'not_happened')),
            status bigint,
            fields text,
            body bytea,
            body_length bigint,
            settled bigint,
            settled_by text
        ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
        CREATE UNIQUE INDEX intent_by_key ON intent (caller, provider, operation, key) WHERE key IS NOT NULL;
        CREATE INDEX intent_in_flight ON intent (node) WHERE state = 'in_flight';
        CREATE INDEX intent_unknown ON intent (begun) WHERE state = 'unknown';
        CREATE INDEX intent_by_expiry ON intent (expires) WHERE state IN ('answered', 'happened', 'not_happened');

        CREATE TABLE token (
            id text COLLATE "C" PRIMARY KEY,
            name text NOT NULL,
            hash text NOT NULL UNIQUE,
            scopes text NOT NULL,
            tenant text NOT NULL,
            created bigint NOT NULL,
            expires bigint,
            revoked bigint
        );
        CREATE INDEX token_by_expiry ON token (expires) WHERE expires IS NOT NULL;

        CREATE TABLE node (
            id text COLLATE "C" PRIMARY KEY,
            until bigint NOT NULL
        ) WITH (fillfactor = 50);

        CREATE TABLE provider_switch (
            provider text COLLATE "C" PRIMARY KEY,
            reason text NOT NULL,
            by text NOT NULL,
            at bigint NOT NULL
        );

        CREATE TABLE fault (
            id text COLLATE "C" PRIMARY KEY,
            provider text NOT NULL,
            operation text,
            kind text NOT NULL CHECK (kind IN ('status', 'delay', 'drop', 'truncated', 'garbage')),
            status bigint,
            rate double precision NOT NULL,
            delay bigint NOT NULL,
            by text NOT NULL,
            at bigint NOT NULL,
            expires bigint
        );

        CREATE TABLE control_version (
            one bigint PRIMARY KEY CHECK (one = 1),
            version bigint NOT NULL
        ) WITH (fillfactor = 50);
        INSERT INTO control_version (one, version) VALUES (1, 0);

        CREATE TABLE share (
            name text COLLATE "C" NOT NULL,
            node text COLLATE "C" NOT NULL,
            wanted bigint NOT NULL,
            granted bigint NOT NULL,
            until bigint NOT NULL,
            served bigint NOT NULL,
            PRIMARY KEY (name, node)
        ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

        CREATE TABLE share_past (
            name text COLLATE "C" PRIMARY KEY,
            until bigint NOT NULL
        ) WITH (fillfactor = 50);

        CREATE TABLE spending (
            day bigint NOT NULL,
            tenant text NOT NULL,
            currency text NOT NULL,
            nanos bigint NOT NULL,
            PRIMARY KEY (day, tenant, currency)
        ) WITH (fillfactor = 50);

        CREATE TABLE quota (
            day bigint NOT NULL,
            name text NOT NULL,
            used bigint NOT NULL,
            PRIMARY KEY (day, name)
        ) WITH (fillfactor = 50);

        CREATE TABLE provider_pause (
            provider text PRIMARY KEY,
            until bigint NOT NULL
        );

        CREATE TABLE tally (
            period bigint NOT NULL,
            start bigint NOT NULL,
            provider text COLLATE "C" NOT NULL,
            operation text COLLATE "C" NOT NULL,
            outcome text COLLATE "C" NOT NULL CHECK (outcome IN ('answered', 'retried', 'failed')),
            who text COLLATE "C" NOT NULL,
            count bigint NOT NULL,
            limited bigint NOT NULL,
            total_us bigint NOT NULL,
            provider_us bigint NOT NULL,
            last bigint,
            latencies text NOT NULL,
            PRIMARY KEY (period, start, provider, operation, outcome, who)
        ) WITH (fillfactor = 70)
        """
}
