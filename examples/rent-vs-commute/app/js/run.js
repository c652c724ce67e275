// What the page knows of one task: a plain object, built from the task and moved on by its journal events.
// No drawing and no clock of its own here; `now` is passed in.

import { waitNote } from "./words.js";

export function newRun(id) {
  return {
    id, state: "queued", input: null, steps: [], files: [], note: null, result: null, problem: null,
    looks: {}, ms: null, retried: 0, resumed: false,
  };
}

/** Takes over what GET /v1/tasks/{id} says: above all the input and the steps still to come. */
export function applyTask(run, task) {
  run.input = task.input ?? run.input;
  if (task.state) run.state = task.state;
  if (task.result) run.result = task.result;
  if (task.problem) run.problem = task.problem;
  for (const step of task.steps ?? []) {
    const mine = stepNamed(run, step.name);
    mine.title = step.title ?? mine.title;
    mine.kind = step.kind ?? mine.kind;
    if (step.items?.total) mine.total = step.items.total;
  }
}

export function stepNamed(run, name) {
  let step = run.steps.find((each) => each.name === name);
  if (!step) {
    step = {
      name, title: "", kind: "call", state: "pending", done: 0, total: 0, label: "", since: null, ms: null, note: null,
    };
    run.steps.push(step);
  }
  return step;
}

const apply = {
  "task.queued": (run, event) => { run.input = event.input ?? run.input; run.state = "queued"; },
  "task.started": (run) => { run.state = "running"; },
  "task.resumed": (run) => {
    Object.assign(run, { state: "running", resumed: true, note: "Back at work: we go on where we stopped." });
  },
  "step.started": (run, event, now) => {
    const step = stepNamed(run, event.step);
    Object.assign(step, { state: "running", since: now, note: null });
    step.title = event.title ?? step.title;
    step.kind = event.kind ?? step.kind;
    if (event.items) step.total = typeof event.items === "object" ? event.items.total : event.items;
    run.note = null;
  },
  "item.started": (run, event) => {
    stepNamed(run, event.step).label = event.label ?? "";
    if (event.label) run.looks[event.label] ??= "looking";
  },
  "item.finished": (run, event) => {
    const step = stepNamed(run, event.step);
    step.done += 1;
    step.label = event.label ?? step.label;
    if (event.label) run.looks[event.label] = "seen";
    if (step.note) clearNote(run, step);
  },
  "step.progress": (run, event) => {
    const step = stepNamed(run, event.step);
    step.done = event.done ?? step.done;
    step.total = event.total ?? step.total;
  },
  "call.try": (run, event) => {
    const note = waitNote(event);
    if (!note) return;
    run.retried += 1;
    run.note = note;
    stepNamed(run, event.step).note = note;
  },
  "step.skipped": (run, event) => { stepNamed(run, event.step).state = "skipped"; },
  "step.finished": (run, event) => {
    const step = stepNamed(run, event.step);
    Object.assign(step, { state: "done", ms: event.ms ?? null });
    if (step.total) step.done = step.total;
    clearNote(run, step);
  },
  "step.failed": (run, event) => { stepNamed(run, event.step).state = "failed"; },
  "artifact.published": (run, event) => { run.files.push(event.name); },
  "task.finished": (run, event) => {
    run.state = "done";
    run.result = event.result ?? run.result;
    run.ms = event.ms ?? null;
    run.note = null;
  },
  "task.failed": (run, event) => { run.state = "failed"; run.problem = event.problem ?? run.problem; halt(run); },
  "task.cancelled": (run) => { run.state = "cancelled"; halt(run); },
};

/** Nothing is going on any more: what was running is shown as stopped. */
function halt(run) {
  run.note = null;
  for (const step of run.steps) if (step.state === "running") step.state = "stopped";
  for (const [name, look] of Object.entries(run.looks)) if (look === "looking") run.looks[name] = "left";
}

/** Moves the run on by one journal event; types it does not know are passed over. */
export function applyEvent(run, event, now) {
  apply[event.type]?.(run, event, now);
}

function clearNote(run, step) {
  if (run.note === step.note) run.note = null;
}

export const isOver = (run) => run.state === "done" || run.state === "failed" || run.state === "cancelled";

/** How far the work is, 0 to 1. A step without items is taken to slow down as it goes, so that the bar never stands. */
export function fraction(run, now) {
  if (run.state === "done") return 1;
  let done = 0;
  let whole = 0;
  for (const step of run.steps) {
    if (step.state === "skipped") continue;
    const weight = step.total ? 8 : WEIGHTS[step.name] ?? WEIGHTS[step.kind] ?? 2;
    whole += weight;
    if (step.state === "done") done += weight;
    else if (step.state === "running") done += weight * inside(step, now);
  }
  return whole ? Math.min(0.99, done / whole) : 0;
}

// By name for the one call known to be slow, else by kind.
const WEIGHTS = { commute: 8, transform: 0.5, table: 0.5, render: 3, wait: 2 };

function inside(step, now) {
  if (step.total) return step.done / step.total;
  return 0.9 * (1 - Math.exp(-Math.max(0, now - step.since) / 5000));
}
