// Every sentence the console makes itself. Where the server gives one (overview, provider, score, told, advice), that one is shown.
import { count, many, span } from './dom.js';

const fallback = words => name => words[name] ?? ['idle', name ?? '–'];
export const provider = fallback({ working: ['ok', 'Working'], slow: ['warn', 'Slow'], failing: ['fail', 'Failing'], held: ['hold', 'Held back'], off: ['idle', 'Switched off'], unseen: ['idle', 'Not seen yet'] });
export const work = fallback({ pending: ['idle', 'Not started'], queued: ['hold', 'Queued'], running: ['run', 'Running'], waiting: ['hold', 'Held back'], held: ['hold', 'Held back'], done: ['ok', 'Done'], failed: ['fail', 'Failed'], skipped: ['idle', 'Skipped'], cancelled: ['idle', 'Cancelled'] });
export const outcome = fallback({ answered: ['ok', 'Answered'], retried: ['warn', 'Retried'], failed: ['fail', 'Failed'], ok: ['ok', 'answered'] });
export const verdict = fallback({ proven: ['ok', 'Proven'], not_proven: ['fail', 'Not proven'], not_measured: ['idle', 'Not measured'] });
export const OVER = ['done', 'failed', 'cancelled'];

const titles = {};
/** Providers are called as vendors write themselves. */
export const learn = list => list.forEach(p => { titles[p.name] = p.title; });
export const title = name => titles[name] ?? name;
/** The place of a failure, by name. */
export const party = (who, name) => ({ caller: 'Your app', footing: 'Footing', provider: name ? title(name) : 'Provider' })[who] ?? '';

const MEANS = { 400: 'refused the request', 401: 'refused the key', 403: 'refused the key', 404: 'not found', 422: 'refused the input', 429: 'too many requests', 502: 'bad gateway', 503: 'not available', 504: 'timed out' };
/** "429 too many requests" or, when nothing was answered, the reason. */
export const answer = t => (t.status ? `${t.status} ${t.status < 400 ? (t.outcome === 'failed' ? 'not accepted' : 'answered') : MEANS[t.status] ?? 'failed'}` : t.reason || 'no answer');
const text = p => p?.detail ?? p?.title ?? 'failed';

/** The sentence over the calls list, and the one under it. */
export function calls(list, filtered, hour, more) {
  if (!list.length) return filtered ? ['No call fits this filter.', 'Clear a filter, or look at all calls.'] : ['No call yet.', 'When your app calls a provider through Footing, each call is shown here with all its tries.'];
  const failed = list.filter(c => c.outcome === 'failed'), by = {}, ms = quantile(list);
  for (const c of failed) { const name = party(c.who, c.provider); by[name] = (by[name] ?? 0) + 1; }
  const [worst, most] = Object.entries(by).sort((a, b) => b[1] - a[1])[0] ?? [], blame = `${most === failed.length ? (most > 1 ? 'all' : '') : count(most) + ' of them'} by ${worst}`.trim();
  const rest = `Of those listed, half took under ${span(ms(.5))}, 95 in 100 under ${span(ms(.95))}.`, newest = more ? 'The newest ' : '';
  if (failed.length === list.length) return [`${newest}${many(failed.length, 'failed call')}, ${blame}.`, rest];
  if (filtered || !hour) return [`${newest}${many(list.length, 'call')}, ${failed.length ? `${count(failed.length)} failed, ${blame}` : 'none failed'}.`, rest];
  return [`${many(hour.hour, 'call')} in the last hour, ${hour.failed ? count(hour.failed) : 'none'} failed.`, (hour.retried ? `${count(hour.retried)} more failed at first and were saved by another try. ` : '') + rest];
}
export function quantile(list) {
  const sorted = list.map(c => c.ms).sort((a, b) => a - b);
  return q => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
/** What happened to one call. */
export function call(c) {
  const name = title(c.provider), n = c.tries?.length, last = c.tries?.at(-1) ?? c;
  if (c.outcome === 'answered') return `${name} answered at the first try.`;
  if (c.outcome === 'retried') return `${name} failed at first (${answer(c.tries[0])}). Footing tried again and got an answer at try ${n}; your user noticed only the wait.`;
  if (c.drift) return `${name} answered in a shape that breaks the contract, so Footing did not pass it on.`;
  if (c.who === 'provider') return `${name}: ${answer(last)}${n > 1 ? `, at try ${n} of ${n}` : ''}.`;
  return c.who === 'footing' ? 'Footing itself could not finish this call.' : n ? `${name} refused what your app sent (${answer(last)}).` : 'Your app sent a request that Footing could not send on.';
}
const low = words => (/^[A-Z][a-z]/.test(words) ? words[0].toLowerCase() + words.slice(1) : words);
/** What a task does this second. */
export function task(t, steps) {
  const { done = 0, total = 0, text: now } = t.progress ?? {}, broke = steps.findIndex(s => s.state === 'failed');
  switch (t.state) {
    case 'done': return `Done in ${span(new Date(t.finished) - new Date(t.started ?? t.created))}.`;
    case 'failed': return `Failed${broke < 0 ? '' : ` at step ${broke + 1} of ${steps.length}: ${low(steps[broke].title)}`}. ${text(t.problem)}`;
    case 'cancelled': return 'Cancelled. Finished steps and their files are kept.';
    case 'queued': return 'Waits for a free worker. Nothing is lost if the server stops now.';
    default: return `Step ${Math.min(done + 1, total)} of ${total}${t.state === 'waiting' ? ', held back' : ''}: ${low(now || 'at work')}.`;
  }
}
const NOW = { call: 'The call is on its way.', wait: 'Waits. No worker is held meanwhile.', render: 'The file is being rendered.' };
const DONE = { call: 'Answered at the first try.', transform: 'Computed from the steps before it.', table: 'The table was written.', render: 'The file was rendered.', wait: 'Waited as asked.' };
/** What happened in a step, or in one call of it. */
export function step(s) {
  const tries = s.tries ?? [], bad = tries.filter(t => t.outcome !== 'ok'), kids = s.children ?? [], again = kids.filter(troubled).length, waited = bad.reduce((sum, t) => sum + (t.waited_ms ?? 0), 0);
  const fixed = { pending: 'Not started. It begins when the steps before it are done.', skipped: 'Skipped: its condition was not met.', cancelled: 'Stopped when the task was cancelled.' }[s.state];
  if (fixed) return fixed;
  if (s.items) return `Runs the same call ${many(s.items.total, 'time')}. ${again ? `${many(again, 'call')} had to be tried again.` : 'No try failed so far.'}`;
  if (!bad.length) return s.state === 'failed' ? text(s.problem) : s.state === 'held' ? `Held back${s.note ? ': ' + s.note : ''}.` : (s.state === 'running' ? NOW : DONE)[s.kind] ?? '';
  return `${bad.length === 1 ? 'The first try failed' : `${s.state === 'failed' ? 'All' : 'The first'} ${bad.length} tries failed`}: ${answer(bad[0])}. ${waited ? `Footing waited ${span(waited)}${/retry-after/i.test(bad[0].reason) ? ', as it was asked to' : ''}, and tried again. ` : ''}${s.state === 'done' ? `Try ${tries.length} was answered.` : ''}`;
}
export const troubled = c => c.state === 'failed' || c.tries?.some(t => t.outcome !== 'ok');

/** One line of the journal: its shape, its subject, its words. */
export function event(e) {
  const [of, what] = e.type.split('.'), name = e.step ?? of, also = e.label ? e.label + ', ' : '', took = e.ms == null ? '' : ' in ' + span(e.ms);
  if (e.type === 'call.try') return [outcome(e.outcome)[0], name, also + answer(e) + (e.outcome === 'retried' && e.waited_ms ? `, waits ${span(e.waited_ms)}` : e.ms == null ? '' : ', ' + span(e.ms))];
  if (what === 'published') return ['ok', 'file', e.name];
  if (what === 'failed') return ['fail', name, text(e.problem)];
  if (what === 'finished') return ['ok', name, `${also}done${took}${typeof e.summary === 'string' && e.summary ? ', ' + e.summary : ''}`];
  if (what === 'progress') return ['start', name, e.text || `${e.done} of ${e.total}`];
  const more = what === 'resumed' ? `, attempt ${e.attempt}${e.reason ? ': ' + e.reason : ''}` : e.items ? ', ' + many(e.items, 'item') : e.by ? ' by ' + e.by : '';
  return [{ resumed: 'warn', skipped: 'idle', cancelled: 'idle' }[what] ?? 'start', name, also + what + more];
}
/** What a person can do about a problem that gives no advice itself. */
export function advice(p) {
  if (p.advice || !p.status) return p.advice;
  if (p.status === 403) return 'This token may not see this page. Sign in with one that has the scope admin.';
  if (p.status === 404) return 'It was removed, or the address is not complete. Look for it in the list, or search by its id.';
  return `Try again${p.retry_after ? ` in ${p.retry_after} s` : ''}. If it stays, footing logs shows what happened under the request id.`;
}
