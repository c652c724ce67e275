// The live stream of one task's journal. The browser reconnects by itself with Last-Event-ID; when it gives up (an
// answer other than 200) we open a new stream with ?after=N, waiting a little longer each time.

import { ApiError, eventsPath, getTask } from "./api.js";

const TYPES = [
  "task.queued", "task.started", "task.resumed", "step.started", "item.started", "call.try", "item.finished",
  "step.progress", "step.skipped", "step.finished", "step.failed", "artifact.published",
  "task.finished", "task.failed", "task.cancelled",
];
const FINAL = new Set(["task.finished", "task.failed", "task.cancelled"]);
const LONGEST_PAUSE = 8000;

/**
 * Follows a task until its last event.
 * - onEvent(event): each journal event once, in order
 * - onLink(isUp): the connection was lost, or is back
 * - onGone(problem): the task cannot be read any more; nothing follows
 * Returns a function that stops it.
 */
export function follow(id, { onEvent, onLink, onGone }) {
  let source = null;
  let timer = null;
  let last = 0;
  let failures = 0;
  let over = false;

  function open() {
    source = new EventSource(eventsPath(id, last));
    source.onopen = () => {
      failures = 0;
      onLink(true);
    };
    source.onerror = () => {
      if (over) return;
      onLink(false);
      if (source.readyState === EventSource.CLOSED) reopenLater();
    };
    for (const type of TYPES) source.addEventListener(type, receive);
  }

  function receive(message) {
    let event;
    try {
      event = JSON.parse(message.data);
    } catch {
      return;
    }
    const n = Number(message.lastEventId);
    if (over || !(n > last)) return;
    last = n;
    if (FINAL.has(message.type)) stop();
    onEvent({ ...event, type: message.type });
  }

  function reopenLater() {
    source.close();
    const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** failures);
    failures += 1;
    timer = setTimeout(reopen, pause);
  }

  // Asking for the task first renews the session if it was lost, and tells a task that is gone from a server that is.
  async function reopen() {
    try {
      await getTask(id);
    } catch (error) {
      if (over) return;
      const status = error instanceof ApiError ? error.problem.status : undefined;
      if (status === 403 || status === 404) {
        stop();
        onGone(error.problem);
      } else {
        reopenLater();
      }
      return;
    }
    if (!over) open();
  }

  function stop() {
    over = true;
    clearTimeout(timer);
    source?.close();
  }

  open();
  return stop;
}
