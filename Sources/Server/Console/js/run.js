// A task as its journal tells it: a snapshot from the server, then one event after the other. No drawing here.
import { OVER } from './words.js';

export const at = value => (value ? Date.parse(value) : null);
/** Takes the answer of GET /v1/tasks/{id}. */
export const begin = ({ steps = [], ...task }) => ({ task, steps, last: task.last_event ?? 0, gaps: [] });

function find(run, name) {
  const found = run.steps.find(s => s.name === name) ?? { name, title: name, kind: 'call', state: 'pending' };
  if (!run.steps.includes(found)) run.steps.push(found);
  return found;
}
function child(step, e) {
  const list = (step.children ??= []), found = list.find(c => c.index === e.index) ?? { index: e.index, label: e.label ?? '#' + (e.index + 1), state: 'running', started: e.at };
  if (!list.includes(found)) list.push(found);
  return found;
}
/** Applies one event; those that the snapshot already holds are skipped. */
export function apply(run, e) {
  if (e.n <= run.last) return;
  run.last = e.n;
  const { task } = run, [of, what] = e.type.split('.'), step = e.step && find(run, e.step), to = step && e.index != null ? child(step, e) : step ?? task;
  if (e.type === 'call.try') {
    (to.tries ??= []).push({ ...e, n: to.tries.length + 1, at: new Date(at(e.at) - (e.ms ?? 0)) });
    step.call = e.call ?? step.call;
    to.state = e.outcome === 'retried' && e.waited_ms ? 'held' : 'running';
  } else if (what === 'started' || what === 'resumed') {
    Object.assign(to, { state: 'running', started: to.started ?? e.at });
    if (of === 'step') { Object.assign(step, { title: e.title ?? step.title, kind: e.kind ?? step.kind }); if (e.items) step.items ??= { done: 0, total: e.items }; } else if (of === 'task') task.attempt = e.attempt;
  } else if (['finished', 'failed', 'cancelled', 'skipped'].includes(what)) {
    Object.assign(to, { state: what === 'finished' ? 'done' : what, finished: e.at, ms: e.ms, problem: e.problem });
    if (of === 'item' && step.items) step.items.done = step.children.filter(c => c.state === 'done').length;
    else if (of === 'task') { task.result = e.result; for (const s of run.steps) if (s.state === 'running' || s.state === 'held') s.state = task.state; }
  } else if (what === 'progress') step.items = { done: e.done, total: e.total };
  const now = run.steps.find(s => s.state === 'running' || s.state === 'held');
  task.progress = { done: run.steps.filter(s => s.state === 'done' || s.state === 'skipped').length, total: run.steps.length, text: now && now.title + (now.items ? `: ${now.items.done} of ${now.items.total}` : '') };
}

/** The state of a row at `now`: a wait between tries that is over is work again. */
export function stateOf(row, now) {
  const t = row.tries?.at(-1);
  return row.state === 'held' && t && now >= at(t.at) + t.ms + (t.waited_ms ?? 0) ? 'running' : row.state;
}
/** What a row did, as pieces `{ kind, from, to, note }`: work, fail (a try that did not hold), hold (held back). */
export function pieces(row, now) {
  const from = at(row.started), over = at(row.finished), end = over ?? now, out = [], add = (kind, a, b, note) => b > a && out.push({ kind, from: a, to: b, note });
  if (from == null) return out;
  if (row.kind === 'wait') return [{ kind: 'hold', from, to: end }];
  let seen = from;
  row.tries?.forEach((t, i, all) => {
    const ms = t.ms ?? 0, told = at(t.at), start = Math.max(seen, over != null && told + ms > over + 5 ? told - ms : told); // some tell when a try ended
    if (start - seen > 15) add('hold', seen, start, all[i - 1]?.reason ?? 'held back until a call was allowed');
    seen = Math.max(start + 1, start + ms);
    add(t.outcome === 'ok' ? 'work' : 'fail', start, seen, [t.status, t.reason].filter(Boolean).join(', '));
    if (i === all.length - 1 && t.outcome === 'retried' && t.waited_ms) { add('hold', seen, Math.min(end, seen + t.waited_ms), t.reason); seen += t.waited_ms; }
  });
  if (end - seen > (row.tries?.length && over ? 15 : 0)) add(row.tries?.length ? 'work' : { held: 'hold', failed: 'fail' }[row.state] ?? 'work', seen, end);
  return out;
}
/** Waits and stops longer than a fifth of the rest, which the timeline folds to a fixed width. */
export function folds(run, end) {
  const all = [...run.steps.filter(s => s.kind === 'wait' && s.started).map(s => [at(s.started), at(s.finished) ?? end]), ...run.gaps], rest = Math.max(500, end - at(run.task.started ?? run.task.created) - all.reduce((n, [a, b]) => n + b - a, 0));
  return all.filter(([a, b]) => b - a > rest / 5).map(([from, to]) => ({ from, to, keep: rest / 7 }));
}
export const isOver = run => OVER.includes(run.task.state);
