extension TypeScriptWriter {
    /// The part of every module that does not depend on the project; it goes on inside the class `FootingClient`.
    static let runtime = #"""

          /** A task by its id, such as one kept from an earlier visit. */
          task<Result = unknown>(id: string): FootingTask<Result> {
            return new FootingTask<Result>(this, id);
          }

          /** Gives this browser a session; once before the first call of a page that Footing serves. */
          async openSession(): Promise<{ expires: string; scopes: string[] }> {
            return (await this.send("POST", "/v1/session", {})) as { expires: string; scopes: string[] };
          }

          private async read<Answer>(path: string, input: unknown, options: FootingCallOptions): Promise<Answer> {
            return (await this.send("POST", path, { ...options, body: input })) as Answer;
          }

          /** A write is named by a key, so that the same wish sent twice is done once. */
          private async write<Answer>(path: string, input: unknown, options: FootingWriteOptions): Promise<Answer> {
            const idempotencyKey = options.idempotencyKey ?? newKey();
            return (await this.send("POST", path, { ...options, idempotencyKey, body: input })) as Answer;
          }

          private async start<Result>(path: string, body: unknown, options: FootingWriteOptions): Promise<FootingTask<Result>> {
            const task = await this.write<{ id: string }>(path, body, options);
            return new FootingTask<Result>(this, task.id);
          }

          /** Any request to Footing's API; throws a FootingProblem for every failure that came as an answer. */
          async send(method: string, path: string, request: FootingRequest): Promise<unknown> {
            const headers: { [name: string]: string } = { Accept: "application/json", "X-Footing-Request": "1" };
            if (request.body !== undefined) headers["Content-Type"] = "application/json";
            if (request.idempotencyKey !== undefined) headers["Idempotency-Key"] = request.idempotencyKey;
            if (this.options.token !== undefined) headers["Authorization"] = `Bearer ${this.options.token}`;
            const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
            if (request.body !== undefined) init.body = JSON.stringify(request.body);
            if (request.signal !== undefined) init.signal = request.signal;
            const response = await (this.options.fetch ?? fetch)((this.options.baseURL ?? "") + path, init);
            const text = await response.text();
            let answer: unknown = null;
            try {
              if (text !== "") answer = JSON.parse(text);
            } catch {
              if (response.ok) answer = text;
            }
            if (!response.ok) throw new FootingProblem(response.status, answer);
            return answer;
          }

          /** The address of a path of Footing's API. */
          url(path: string): string {
            return (this.options.baseURL ?? "") + path;
          }
        }

        export interface FootingOptions {
          /** Where Footing is; nothing where the page comes from Footing itself. */
          baseURL?: string;
          /** A token of `footing token new`, for programs. Browsers use `openSession`. */
          token?: string;
          /** In place of the global fetch. */
          fetch?: typeof fetch;
        }

        export interface FootingCallOptions {
          signal?: AbortSignal;
        }

        export interface FootingWriteOptions extends FootingCallOptions {
          /** Names one wish: sent again with the same key, it is not done again. A fresh one where none is given. */
          idempotencyKey?: string;
        }

        export interface FootingRequest extends FootingWriteOptions {
          body?: unknown;
        }

        export interface FootingFault {
          pointer: string;
          message: string;
        }

        /** Why a call failed (RFC 9457): `detail` may be shown to the user. */
        export class FootingProblem extends Error {
          readonly code: string;
          /** Who failed. */
          readonly source: "caller" | "footing" | "provider" | null;
          readonly title: string;
          readonly detail: string;
          /** Whether the same call may succeed later. */
          readonly retryable: boolean;
          /** Seconds. */
          readonly retryAfter: number | null;
          readonly provider: string | null;
          readonly operation: string | null;
          readonly requestId: string | null;
          readonly errors: FootingFault[];

          constructor(readonly status: number, problem: unknown) {
            const known = (typeof problem === "object" && problem !== null ? problem : {}) as { [name: string]: unknown };
            const text = (name: string): string | null => (typeof known[name] === "string" ? (known[name] as string) : null);
            super(text("detail") ?? text("title") ?? `Footing answered ${status}`);
            this.name = "FootingProblem";
            this.code = text("code") ?? "unexpected";
            const source = text("source");
            this.source = source === "caller" || source === "footing" || source === "provider" ? source : null;
            this.title = text("title") ?? "Something went wrong";
            this.detail = text("detail") ?? "";
            this.retryable = known["retryable"] === true;
            this.retryAfter = typeof known["retry_after"] === "number" ? (known["retry_after"] as number) : null;
            this.provider = text("provider");
            this.operation = text("operation");
            this.requestId = text("request_id");
            this.errors = Array.isArray(known["errors"]) ? (known["errors"] as FootingFault[]) : [];
          }
        }

        export interface FootingTaskProgress {
          done: number;
          total: number;
          step?: string | null;
          text?: string | null;
        }

        export interface FootingTaskState<Result> {
          id: string;
          recipe: string;
          title: string;
          state: "queued" | "running" | "waiting" | "done" | "failed" | "cancelled";
          created: string;
          started: string | null;
          finished: string | null;
          result: Result | null;
          problem: unknown;
          progress: FootingTaskProgress | null;
          last_event: number;
        }

        /** An event of a task's journal; `n` counts from 1 without gaps. */
        export interface FootingEvent {
          n: number;
          at: string;
          type: string;
          [field: string]: unknown;
        }

        export interface FootingFile {
          name: string;
          size: number;
          type: string;
          sha256: string;
          created: string;
        }

        /** A task that was begun. Keep its `id` to come back to it. */
        export class FootingTask<Result> {
          constructor(private readonly client: FootingClient, readonly id: string) {}

          async get(options: FootingCallOptions = {}): Promise<FootingTaskState<Result>> {
            return (await this.client.send("GET", this.path(""), { ...options })) as FootingTaskState<Result>;
          }

          /** The journal from the event behind `after` to the last one; a reader that comes back misses nothing. */
          async *events(options: { after?: number; signal?: AbortSignal } = {}): AsyncGenerator<FootingEvent, void, undefined> {
            let after = options.after ?? 0;
            const request: FootingRequest = options.signal === undefined ? {} : { signal: options.signal };
            for (;;) {
              const page = await this.client.send("GET", this.path(`/events?after=${after}&wait=20`), request);
              const events = (page as { events?: FootingEvent[] } | null)?.events ?? [];
              for (const event of events) {
                after = event.n;
                yield event;
                if (event.type === "task.finished" || event.type === "task.failed" || event.type === "task.cancelled") return;
              }
              if (events.length === 0) {
                const task = await this.get(request);
                const isOver = task.state === "done" || task.state === "failed" || task.state === "cancelled";
                if (isOver && task.last_event <= after) return;
              }
            }
          }

          /** Waits for the end. Throws the task's problem where it failed or was cancelled. */
          async result(options: { signal?: AbortSignal } = {}): Promise<Result> {
            const before = await this.get(options);
            for await (const event of this.events({ ...options, after: Math.max(0, before.last_event - 1) })) void event;
            const task = await this.get(options);
            if (task.state !== "done") {
              throw new FootingProblem(0, task.problem ?? { code: "task_" + task.state, title: `The task is ${task.state}` });
            }
            return task.result as Result;
          }

          async cancel(): Promise<void> {
            await this.client.send("POST", this.path("/cancel"), {});
          }

          async files(options: FootingCallOptions = {}): Promise<FootingFile[]> {
            const answer = await this.client.send("GET", this.path("/files"), { ...options });
            return (answer as { files: FootingFile[] }).files;
          }

          /** Where a file can be fetched, for a link. */
          fileURL(name: string): string {
            return this.client.url(this.path(`/files/${encodeURIComponent(name)}`));
          }

          private path(rest: string): string {
            return `/v1/tasks/${encodeURIComponent(this.id)}${rest}`;
          }
        }

        /** Also where the page is not served from a secure origin. */
        function newKey(): string {
          if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
          return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
        }

        """#
}
