/// The SQL of the tasks' fast path: one statement for many operations, their values in arrays.
enum TaskStatements {
    /// Plans are made once and kept, perhaps while tables are still empty: so that none reads a whole table or builds a
    /// hash of one, these ways of planning are put last. For the transaction only.
    static let planning = PostgresStatement(
        """
        SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
            set_config('enable_mergejoin', 'off', true), set_config('enable_bitmapscan', 'off', true)
        """)

    /// New tasks; gives back the place of each that was created. No id and no key of an owner may occur twice.
    static func submit(_ tasks: [TaskInsertion]) -> PostgresStatement {
        PostgresStatement(
            """
            WITH input AS MATERIALIZED (
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                        $8::text[], $9::text[], $10::bigint[], $11::text[])
                    WITH ORDINALITY AS i (id, recipe, fingerprint, title, input, tenant, owner, key, request_hash,
                        created, entries, place)
                WHERE NOT EXISTS (SELECT 1 FROM task t WHERE t.id = i.id COLLATE "C")
            ), keyed AS (
                INSERT INTO submission (owner, key, request_hash, task)
                    SELECT owner, key, request_hash, id FROM input WHERE key IS NOT NULL ORDER BY owner, key
                ON CONFLICT (owner, key) DO NOTHING
                RETURNING task
            ), accepted AS MATERIALIZED (
                SELECT * FROM input WHERE key IS NULL OR id IN (SELECT task FROM keyed)
            ), created AS (
                INSERT INTO task (id, recipe, fingerprint, title, input, tenant, owner, created)
                    SELECT id, recipe, fingerprint, title, input, tenant, owner, created FROM accepted
            ), queued AS (
                INSERT INTO live (id, state, last_event) SELECT id, 'queued', 1 FROM accepted
            ), told AS (
                INSERT INTO event (task, last, at, entries) SELECT id, 1, created, entries FROM accepted
            )
            SELECT place FROM accepted
            """,
            [
                .texts(tasks.map(\.task.id)), .texts(tasks.map(\.task.recipe)), .texts(tasks.map(\.task.fingerprint)),
                .texts(tasks.map(\.task.title)), .texts(tasks.map(\.input)), .texts(tasks.map(\.task.tenant)),
                .texts(tasks.map(\.task.owner)), .texts(tasks.map(\.task.idempotencyKey)),
                .texts(tasks.map(\.task.requestHash)), .ints(tasks.map(\.at.milliseconds)),
                .texts(tasks.map(\.entries)),
            ])
    }

    /// Workers' commits; gives back, for the place of each whose lease holds, the number of the last event before it.
    /// No task may occur twice.
    static func commit(_ updates: [TaskUpdate]) -> PostgresStatement {
        var firstStep: [Int64] = []
        var lastStep: [Int64] = []
        var steps: [(key: String, result: String, finished: Timestamp)] = []
        for update in updates {
            firstStep.append(Int64(steps.count + 1))
            steps += update.steps
            lastStep.append(Int64(steps.count))
        }
        return PostgresStatement(
            commitSQL,
            [
                .texts(updates.map(\.lease.task)), .ints(updates.map(\.lease.fence)),
                .ints(updates.map(\.at.milliseconds)), .ints(updates.map { Int64($0.events) }),
                .texts(updates.map(\.entries)), .texts(updates.map(\.progress)),
                .ints(updates.map { Int64($0.callsMade) }), .ints(updates.map { Int64($0.callsRetried) }),
                .texts(updates.map(\.change)), .texts(updates.map(\.result)), .texts(updates.map(\.problem)),
                .ints(updates.map { $0.wake?.milliseconds }), .ints(firstStep), .ints(lastStep),
                .texts(steps.map(\.key)), .texts(steps.map(\.result)), .ints(steps.map(\.finished.milliseconds)),
            ])
    }

    private static let commitSQL = """
        WITH input AS MATERIALIZED (
            SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[],
                    $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::bigint[], $13::bigint[],
                    $14::bigint[])
                WITH ORDINALITY AS i (id, fence, at, events, entries, progress, made, retried, change, result,
                    problem, wake, first_step, last_step, place)
        ), moved AS (
            UPDATE live l SET
                last_event = l.last_event + i.events, progress = coalesce(i.progress, l.progress),
                calls_made = l.calls_made + i.made, calls_retried = l.calls_retried + i.retried,
                attempt = CASE WHEN i.change = 'released' THEN greatest(l.attempt - 1, 0) ELSE l.attempt END,
                fruitless = greatest(
                    CASE WHEN i.last_step >= i.first_step THEN 0 ELSE l.fruitless END
                        - CASE WHEN i.change = 'released' THEN 1 ELSE 0 END, 0),
                state = CASE i.change WHEN 'waiting' THEN 'waiting' WHEN 'released' THEN 'queued' ELSE 'running' END,
                worker = CASE WHEN i.change IS NULL THEN l.worker END,
                lease_until = CASE WHEN i.change IS NULL THEN l.lease_until END,
                -- A cancellation asked for meanwhile makes the task due at once, so that a worker sees to it.
                wake_at = CASE WHEN i.change = 'waiting' AND l.cancel_by IS NOT NULL THEN least(i.wake, i.at)
                    WHEN i.change = 'waiting' THEN i.wake END
            FROM input i
            WHERE l.id = i.id COLLATE "C" AND l.fence = i.fence AND l.state = 'running'
                AND (i.change IS NULL OR i.change IN ('waiting', 'released'))
            RETURNING i.place, l.id, i.at, l.last_event, i.events, i.entries, i.first_step, i.last_step
        ), ended AS (
            DELETE FROM live l USING input i
            WHERE l.id = i.id COLLATE "C" AND l.fence = i.fence AND l.state = 'running'
                AND i.change IN ('done', 'failed', 'cancelled')
            RETURNING i.place, l.id, i.at, l.last_event + i.events AS last_event, i.events, i.entries, i.first_step,
                i.last_step, i.change, l.started, l.attempt,
                CASE WHEN i.last_step >= i.first_step THEN 0 ELSE l.fruitless END AS fruitless, l.fence, l.cancel_by,
                coalesce(i.progress, l.progress) AS progress, l.calls_made + i.made AS calls_made,
                l.calls_retried + i.retried AS calls_retried, i.result, i.problem
        ), kept AS (
            INSERT INTO task_end (id, state, finished, started, attempt, fruitless, fence, cancel_by, last_event,
                    progress, calls_made, calls_retried, result, problem)
                SELECT id, change, at, started, attempt, fruitless, fence, cancel_by, last_event, progress, calls_made,
                    calls_retried, result, problem
                FROM ended
        ), applied AS (
            SELECT place, id, at, last_event, events, entries, first_step, last_step FROM moved
            UNION ALL
            SELECT place, id, at, last_event, events, entries, first_step, last_step FROM ended
        ), told AS (
            INSERT INTO event (task, last, at, entries)
                SELECT id, last_event, at, entries FROM applied WHERE events > 0
        ), remembered AS (
            INSERT INTO step (task, key, result, finished)
                SELECT id, ($15::text[])[step], ($16::text[])[step], ($17::bigint[])[step]
                FROM applied, generate_series(first_step, last_step) AS step ORDER BY step
            ON CONFLICT (task, key) DO UPDATE SET result = excluded.result, finished = excluded.finished
        )
        SELECT place, last_event - events AS before FROM applied
        """

    static func renew(_ leases: [Lease], until: Timestamp) -> PostgresStatement {
        PostgresStatement(
            """
            UPDATE live l SET lease_until = $3
            FROM unnest($1::text[], $2::bigint[]) AS i (id, fence)
            WHERE l.id = i.id COLLATE "C" AND l.fence = i.fence AND l.state = 'running'
            RETURNING l.id, l.fence, l.cancel_by
            """, [.texts(leases.map(\.task)), .ints(leases.map(\.fence)), .int(until)])
    }

    /// Tasks that a worker may have, the oldest first; those that another transaction has in its hands are left out.
    static func claim(worker: String, limit: Int, now: Timestamp, leaseUntil: Timestamp) -> PostgresStatement {
        PostgresStatement(
            """
            WITH queued AS MATERIALIZED (
                SELECT id FROM live WHERE state = 'queued' ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
            ), due AS MATERIALIZED (
                SELECT id FROM live WHERE state = 'waiting' AND wake_at <= $2 ORDER BY wake_at LIMIT $1
                FOR UPDATE SKIP LOCKED
            ), lost AS MATERIALIZED (
                SELECT id FROM live WHERE state = 'running' AND lease_until <= $2 ORDER BY lease_until LIMIT $1
                FOR UPDATE SKIP LOCKED
            ), picked AS MATERIALIZED (
                SELECT id FROM (
                    SELECT id FROM queued UNION ALL SELECT id FROM due UNION ALL SELECT id FROM lost) AS any_of
                ORDER BY id LIMIT $1
            ), l AS (
                UPDATE live SET attempt = attempt + CASE WHEN state = 'waiting' THEN 0 ELSE 1 END,
                    fruitless = fruitless + CASE WHEN state = 'waiting' THEN 0 ELSE 1 END,
                    state = 'running', fence = fence + 1, worker = $3, lease_until = $4, wake_at = NULL,
                    started = coalesce(started, $2)
                FROM picked WHERE live.id = picked.id
                RETURNING live.*
            )
            SELECT \(TaskRecord.taskColumns), \(TaskRecord.liveColumns)
            FROM l JOIN task t ON t.id = l.id ORDER BY l.id
            """, [.int(limit), .int(now), .text(worker), .int(leaseUntil)])
    }
}
