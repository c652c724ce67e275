// A task as its journal tells it: a snapshot from the server, then one event after the other. No drawing here.
import { answer, troubled } from './object.js';
import { many, outcome, span, OVER } from './words.js';

export const at = value => (value ? Date.parse(value) : null);
export const isOver = run => OVER.includes(run.task.state);
const isMoving = row => row.state === 'running' || row.state === 'held';
/** Takes the answer of GET /v1/tasks/{id}; what only events tell is taken over from the run before. */
export const begin = ({ steps = [], ...task }, { gaps = [], calls = {} } = {}) =>
  ({ task, steps, last: task.last_event ?? 0, gaps, calls });

function find(run, name) {
  const found = run.steps.find(s => s.name === name) ?? { name, title: name, kind: 'call', state: 'pending' };
  if (!run.steps.includes(found)) run.steps.push(found);
  return found;
}
function child(step, e) {
  const list = (step.children ??= []), label = e.label ?? '#' + (e.index + 1);
  const found = list.find(c => c.index === e.index) ?? { index: e.index, label, state: 'running', started: e.at };
  if (!list.includes(found)) list.push(found);
  return found;
}
function started(to, e, of) {
  Object.assign(to, { state: 'running', started: to.started ?? e.at });
  if (of === 'task') to.attempt = e.attempt;
  if (of !== 'step') return;
  Object.assign(to, { title: e.title ?? to.title, kind: e.kind ?? to.kind });
  if (e.items) to.items ??= { done: 0, total: e.items };
}
function ended(run, to, e, of, state, step) {
  Object.assign(to, { state, finished: e.at, ms: e.ms, problem: e.problem });
  if (of === 'item' && step.items) step.items.done = step.children.filter(c => c.state === 'done').length;
  if (of !== 'task') return;
  to.result = e.result;
  for (const s of run.steps) if (isMoving(s)) s.state = state;
}
function tried(to, e) {
  (to.tries ??= []).push({ ...e, n: e.try });
  to.state = e.outcome === 'retried' && e.waited_ms ? 'held' : 'running';
}
function progressed({ task, steps }) {
  const now = steps.find(isMoving), { items } = now ?? {}, done = steps.filter(s => ['done', 'skipped'].includes(s.state));
  const text = now && `${now.title}${items ? `: ${items.done} of ${items.total}` : ''}`;
  task.progress = { done: done.length, total: steps.length, text };
}
/** Applies one event; those that the snapshot already holds are skipped. Only events tell what a step calls. */
export function apply(run, e) {
  if (e.call) run.calls[e.step] = e.call;
  if (e.n <= run.last) return;
  run.last = e.n;
  const [of, what] = e.type.split('.'), step = e.step && find(run, e.step);
  const to = step && e.index != null ? child(step, e) : step ?? run.task;
  if (e.type === 'call.try') tried(to, e);
  else if (what === 'started' || what === 'resumed') started(to, e, of);
  else if (what === 'progress') step.items = { done: e.done, total: e.total };
  else if (what === 'finished') ended(run, to, e, of, 'done', step);
  else if (['failed', 'cancelled', 'skipped'].includes(what)) ended(run, to, e, of, what, step);
  progressed(run);
}

// ---- time ------------------------------------------------------------------------------------------------------------
/** The state of a row at `now`: a wait between tries that is over is work again. */
export function stateOf(row, now) {
  const t = row.tries?.at(-1);
  return row.state === 'held' && t && now >= at(t.at) + (t.waited_ms ?? 0) ? 'running' : row.state;
}
/** What a row did, as pieces `{ kind, from, to, note }`: work, fail (a try that did not hold), hold (held back). */
export function pieces(row, now) {
  const from = at(row.started), over = at(row.finished), end = over ?? now, out = [], last = row.tries?.at(-1);
  const add = (kind, a, b, note) => b > a && out.push({ kind, from: a, to: b, note });
  if (from == null) return out;
  if (row.kind === 'wait') return [{ kind: 'hold', from, to: end }];
  let seen = from, why = 'held back by the provider’s limits';
  for (const t of row.tries ?? []) { // `at` is when a try ended
    const start = Math.max(seen, at(t.at) - (t.ms ?? 0));
    if (start - seen > 15) add('hold', seen, start, why);
    seen = Math.max(start + 1, at(t.at));
    add(t.outcome === 'ok' ? 'work' : 'fail', start, seen, [t.status, t.reason].filter(Boolean).join(', '));
    why = t.reason ?? why;
  }
  if (last?.outcome === 'retried' && last.waited_ms) {
    add('hold', seen, Math.min(end, seen + last.waited_ms), last.reason);
    seen += last.waited_ms;
  }
  if (end - seen > (last && over ? 15 : 0)) add(last ? 'work' : { held: 'hold', failed: 'fail' }[row.state] ?? 'work', seen, end);
  return out;
}
/** Waits and stops longer than a fifth of the rest, which the timeline folds to a fixed width. */
export function folds(run, end) {
  const waits = run.steps.filter(s => s.kind === 'wait' && s.started).map(s => [at(s.started), at(s.finished) ?? end]);
  const all = [...waits, ...run.gaps], sum = all.reduce((n, [a, b]) => n + b - a, 0);
  const rest = Math.max(500, end - at(run.task.started ?? run.task.created) - sum);
  return all.filter(([a, b]) => b - a > rest / 5).map(([from, to]) => ({ from, to, keep: rest / 7 }));
}

// ---- words -----------------------------------------------------------------------------------------------------------
const low = words => (/^[A-Z][a-z]/.test(words) ? words[0].toLowerCase() + words.slice(1) : words);
const text = p => p?.detail ?? p?.title ?? 'failed';
/** What a task does this second. */
export function nowOf(t, steps) {
  const { done = 0, total = 0, text: now } = t.progress ?? {}, broke = steps.findIndex(s => s.state === 'failed');
  const where = broke < 0 ? '' : ` at step ${broke + 1} of ${steps.length}: ${low(steps[broke].title)}`;
  switch (t.state) {
    case 'done': return `Done in ${span(new Date(t.finished) - new Date(t.started ?? t.created))}.`;
    case 'failed': return `Failed${where}. ${text(t.problem)}`;
    case 'cancelled': return 'Cancelled. Finished steps and their files are kept.';
    case 'queued': return 'Waits for a free worker. Nothing is lost if the server stops now.';
  }
  const held = t.state === 'waiting' ? ', held back' : '';
  return `Step ${Math.min(done + 1, total)} of ${total}${held}: ${low(now || 'at work')}.`;
}
const NOW = {
  call: 'The call is on its way.', wait: 'Waits. No worker is held meanwhile.', render: 'The file is being rendered.',
};
const DONE = {
  call: 'Answered at the first try.', transform: 'Computed from the steps before it.', table: 'The table was written.',
  render: 'The file was rendered.', wait: 'Waited as asked.',
};
const FIXED = {
  pending: 'Not started. It begins when the steps before it are done.', skipped: 'Skipped: its condition was not met.',
  cancelled: 'Stopped when the task was cancelled.',
};
function retried(s, tries, bad) {
  const waited = bad.reduce((sum, t) => sum + (t.waited_ms ?? 0), 0);
  const asked = /retry-after/i.test(bad[0].reason) ? ', as it was asked to' : '';
  const which = bad.length === 1 ? 'The first try failed' : `${s.state === 'failed' ? 'All' : 'The first'} ${bad.length} tries failed`;
  const again = waited ? `Footing waited ${span(waited)}${asked}, and tried again. ` : '';
  return `${which}: ${answer(bad[0])}. ${again}${s.state === 'done' ? `Try ${tries.length} was answered.` : ''}`;
}
/** What happened in a step, or in one call of it. */
export function happened(s) {
  const tries = s.tries ?? [], bad = tries.filter(t => t.outcome !== 'ok'), again = (s.children ?? []).filter(troubled).length;
  if (FIXED[s.state]) return FIXED[s.state];
  const ended = again ? `${many(again, 'call')} had to be tried again.` : 'No try failed so far.';
  if (s.items) return `Runs the same call ${many(s.items.total, 'time')}. ${ended}`;
  if (bad.length) return retried(s, tries, bad);
  if (s.state === 'failed') return text(s.problem);
  if (s.state === 'held') return `Held back${s.note ? ': ' + s.note : ''}.`;
  return (s.state === 'running' ? NOW : DONE)[s.kind] ?? '';
}
const SHAPES = { resumed: 'warn', skipped: 'idle', cancelled: 'idle' };
function tryLine(e) {
  const held = e.held_ms >= 50 ? `, held back ${span(e.held_ms)}` : '';
  const then = e.outcome === 'retried' && e.waited_ms ? `, waits ${span(e.waited_ms)}` : e.ms == null ? '' : ', ' + span(e.ms);
  return answer(e) + held + then;
}
/** One line of the journal: its shape, its subject, its words. */
export function line(e) {
  const [of, what] = e.type.split('.'), name = e.step ?? of, also = e.label ? e.label + ', ' : '';
  if (e.type === 'call.try') return [outcome(e.outcome)[0], name, also + tryLine(e)];
  if (what === 'published') return ['ok', 'file', e.name];
  if (what === 'failed') return ['fail', name, text(e.problem)];
  if (what === 'progress') return ['start', name, e.text || `${e.done} of ${e.total}`];
  const took = e.ms == null ? '' : ' in ' + span(e.ms), summary = typeof e.summary === 'string' && e.summary ? ', ' + e.summary : '';
  if (what === 'finished') return ['ok', name, `${also}done${took}${summary}`];
  const attempt = what === 'resumed' && `, attempt ${e.attempt}${e.reason ? ': ' + e.reason : ''}`;
  return [SHAPES[what] ?? 'start', name, also + what + (attempt || (e.items ? ', ' + many(e.items, 'item') : e.by ? ' by ' + e.by : ''))];
}
