// The few requests the page makes. All of them go to Footing, on the page's own origin.

import { sentence } from "./words.js";

/** What a request that did not succeed throws: always a problem object with at least code, title and detail. */
export class ApiError extends Error {
  constructor(problem) {
    super(problem.code);
    this.problem = problem;
  }

  /** True when no answer came at all: the same request may be sent again with the same key. */
  get unreachable() {
    return this.problem.code === "unreachable";
  }
}

const UNREACHABLE = {
  code: "unreachable",
  title: "We cannot reach our server",
  detail: "Your connection or our server is away for the moment. Please try again shortly.",
  retryable: true,
};

/** A problem fit to be read: unknown or incomplete answers get plain words instead of what was sent. */
export function readable(problem, status) {
  const known = problem && typeof problem === "object" ? problem : {};
  return {
    ...known,
    code: known.code ?? "unexpected",
    status: known.status ?? status,
    title: known.title || "Something went wrong",
    detail: sentence(known.detail) || "That did not work, and it was not your doing. Please try again.",
    errors: Array.isArray(known.errors) ? known.errors : [],
  };
}

async function send(method, path, { body, key } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-Footing-Request"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let response;
  try {
    response = await fetch(path, {
      method, headers, credentials: "same-origin", cache: "no-store",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(readable(UNREACHABLE));
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(readable(answer, response.status));
  return answer;
}

export const openSession = () => send("POST", "/v1/session");

/** As `send`, but opens a session first when the server does not know this browser (any more). */
async function sendKnown(method, path, options) {
  try {
    return await send(method, path, options);
  } catch (error) {
    if (!(error instanceof ApiError) || error.problem.status !== 401) throw error;
    await openSession();
    return send(method, path, options);
  }
}

/** Creates the task. `key` names this one wish: sending it twice makes one task. */
export async function createReport(input, key) {
  await openSession();
  return send("POST", "/v1/tasks", { body: { recipe: "commute-report", input }, key });
}

const taskPath = (id) => `/v1/tasks/${encodeURIComponent(id)}`;

export const getTask = (id) => sendKnown("GET", taskPath(id));
export const cancelTask = (id) => sendKnown("POST", `${taskPath(id)}/cancel`);
export const filePath = (id, name) => `${taskPath(id)}/files/${encodeURIComponent(name)}`;
export const eventsPath = (id, after) => `${taskPath(id)}/events${after ? `?after=${after}` : ""}`;

/** A fresh key for one wish; also where the page is not served from a secure origin. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
