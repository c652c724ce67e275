// Numbers and times as people read them, and the words for states. Sentences of the server are shown as they are.

// ---- numbers and times; a narrow no-break space stands before a unit -----------------------------------------------
const two = n => String(Math.floor(n)).padStart(2, '0');
export const count = n => String(Math.round(n ?? 0)).replace(/\B(?=(\d{3})+$)/g, ',');
/** "1 call", "12 calls", "2 tries". */
export const many = (n, one) => `${count(n)} ${n === 1 ? one : one.replace(/ry$/, 'rie') + 's'}`;
/** A duration with three digits that matter. */
export function span(ms) {
  if (ms == null) return '–';
  if (ms < 999.5) return `${ms < .1 ? '<0.1' : ms < 1 ? ms.toFixed(1) : Math.round(ms)}\u202fms`;
  if (ms < 59950) return `${(ms / 1000).toFixed(ms < 9995 ? 2 : 1)}\u202fs`;
  if (ms < 36e5) return `${Math.floor(ms / 6e4)}\u202fmin ${two(ms / 1000 % 60)}\u202fs`;
  return `${Math.floor(ms / 36e5)}\u202fh ${two(ms / 6e4 % 60)}\u202fmin`;
}
/** The reader's own clock: 14:31:50, with `millis` 14:31:50.120. */
export function clock(at, millis) {
  const d = new Date(at), text = [d.getHours(), d.getMinutes(), d.getSeconds()].map(two).join(':');
  return millis ? `${text}.${String(d.getMilliseconds()).padStart(3, '0')}` : text;
}
/** Under an hour an age, today a clock, else a date. */
export function age(at) {
  const d = new Date(at), sec = (Date.now() - d) / 1000;
  if (!at) return 'never';
  if (sec < 2) return 'now';
  if (sec < 3600) return sec < 60 ? `${Math.floor(sec)}\u202fs ago` : `${Math.floor(sec / 60)}\u202fmin ago`;
  if (d.toDateString() === new Date().toDateString()) return clock(d).slice(0, 5);
  return d.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}
/** How long a task took or runs. */
export const ran = t => (t.started ? (t.finished ? new Date(t.finished) : Date.now()) - new Date(t.started) : null);

// ---- states: [shape, word] -----------------------------------------------------------------------------------------
const fallback = words => name => words[name] ?? ['idle', name ?? '–'];
export const provider = fallback({
  working: ['ok', 'Working'], slow: ['warn', 'Slow'], failing: ['fail', 'Failing'], held: ['hold', 'Held back'],
  off: ['idle', 'Switched off'], unseen: ['idle', 'Not seen yet'],
});
export const work = fallback({
  pending: ['idle', 'Not started'], queued: ['hold', 'Queued'], running: ['run', 'Running'], waiting: ['hold', 'Held back'],
  held: ['hold', 'Held back'], done: ['ok', 'Done'], failed: ['fail', 'Failed'], skipped: ['idle', 'Skipped'],
  cancelled: ['idle', 'Cancelled'],
});
export const outcome = fallback({
  answered: ['ok', 'Answered'], retried: ['warn', 'Retried'], failed: ['fail', 'Failed'], ok: ['ok', 'answered'],
});
export const verdict = fallback({
  proven: ['ok', 'Proven'], not_proven: ['fail', 'Not proven'], not_measured: ['idle', 'Not measured'],
});
export const OVER = ['done', 'failed', 'cancelled'];
/** What a score is good for; the bands of the score page. */
export const BANDS = ['demo', 'closed pilot', 'public beta'];
export const band = score => score.band ?? BANDS[score.proven < 5 ? 0 : score.proven < score.of ? 1 : 2];

// ---- names ---------------------------------------------------------------------------------------------------------
const titles = {};
/** Providers are called as vendors write themselves. */
export const learn = list => list.forEach(p => { titles[p.name] = p.title; });
export const title = name => titles[name] ?? name;
/** The place of a failure, by name. */
export const party = (who, name) =>
  ({ caller: 'Your app', footing: 'Footing', provider: name ? title(name) : 'Provider' })[who] ?? '';

/** The providers that want a look, and the worst of them. */
export function ailing(providers) {
  const ill = providers.filter(p => !['working', 'unseen'].includes(p.state));
  return [ill, ill.find(p => p.state === 'failing') ?? ill[0]];
}
/** What a person can do about a problem that gives no advice itself. */
export function advice(p) {
  if (p.advice || !p.status) return p.advice;
  if (p.status === 403) return 'This token may not see this page. Sign in with one that has the scope admin.';
  if (p.status === 404) return 'It was removed, or the address is not complete. Look for it in the list, or search by its id.';
  return `Try again${p.retry_after ? ` in ${p.retry_after} s` : ''}. If it stays, the server’s log says more under the request id.`;
}
