// Parts of pages about calls and tasks: JSON, tries, facts, filters.
import { h, heads, icon, pill } from './ui.js';
import { outcome, span, title } from './words.js';

const MEANS = {
  400: 'refused the request', 401: 'refused the key', 403: 'refused the key', 404: 'not found', 422: 'refused the input',
  429: 'too many requests', 502: 'bad gateway', 503: 'not available', 504: 'timed out',
};
const means = t => (t.status >= 400 ? MEANS[t.status] ?? 'failed' : t.outcome === 'failed' ? 'not accepted' : 'answered');
/** "429 too many requests" or, when nothing was answered, the reason. */
export const answer = t => (t.status ? `${t.status} ${means(t)}` : t.reason || 'no answer');
/** Whether any try of a call failed. */
export const troubled = c => c.state === 'failed' || c.tries?.some(t => t.outcome !== 'ok');

const pause = (...text) => h('tr.waited', h('td'), h('td', { colspan: 2 }, text));
/** Every try: held back before it, its answer and time, waited after it. */
export const tryTable = (list, name) => list?.length > 0 && h('table.table.trytable',
  heads(['Try', 'Outcome', [name ? title(name) : 'Provider', 'n']]),
  h('tbody', list.map((t, i) => [
    t.held_ms >= 1 && pause(`held back ${span(t.held_ms)} by the provider’s limits`),
    h('tr', h('td', i + 1), h('td', pill([outcome(t.outcome)[0], answer(t)])), h('td.n', span(t.ms))),
    t.waited_ms > 0 && pause(`waited ${span(t.waited_ms)}${t.reason ? ': ' + t.reason : ''}`)])));

const fact = ([name, value]) => h('div', h('dt', name), h('dd', value));
export const facts = list => h('dl.args', list.filter(row => row && row[1] != null && row[1] !== '').map(fact));
export const fold = (name, content, open) => h('details.fold', { open }, h('summary.row', icon('next', 12), name), content);
/** A closed set as segments. */
export const segments = (name, list, chosen, act) => h('div.seg', { role: 'radiogroup', 'aria-label': name },
  list.map(([value, text]) => h('label',
    h('input', { type: 'radio', name, value, checked: chosen === value, onchange: () => act(value) }), text)));
/** A closed set to choose from; the empty choice is first. */
export const choice = (name, all, list, chosen, act) =>
  h('select.field', { 'aria-label': name, onchange: event => act(event.target.value) }, h('option', { value: '' }, all),
    list.map(([value, text]) => h('option', { value, selected: chosen === value }, text)));

const KEPT_BACK = /^\[(kept back: .*|secret .*)\]$/s, LINES = 300, LENGTH = 2000;
/** JSON as text nodes; a value the server kept back is a hatched block that says why. */
export function json(value) {
  const out = h('pre.json', { tabindex: 0, 'aria-label': 'JSON' });
  let lines = 0;
  const add = (text, kind) => out.append(kind ? h('span.' + kind, text) : text);
  const text = v => {
    const kept = KEPT_BACK.exec(v);
    if (kept) out.append(h('span.redacted', icon('lock', 11), kept[1]));
    else add(JSON.stringify(v.slice(0, LENGTH)), 'str');
  };
  const member = (v, key, pad, last) => {
    if (++lines > LINES) return lines === LINES + 1 && add(`\n${pad}… the rest is in the terminal`);
    add('\n' + pad);
    if (key != null) { add(JSON.stringify(key), 'key'); add(': '); }
    walk(v, pad);
    if (!last) add(',');
  };
  const walk = (v, pad) => {
    if (typeof v === 'string') return text(v);
    if (v == null || typeof v !== 'object') return add(String(v), 'num');
    const list = Array.isArray(v), keys = Object.keys(v);
    add(list ? '[' : '{');
    keys.forEach((k, i) => member(v[k], list ? null : k, pad + '  ', i === keys.length - 1));
    add((keys.length ? '\n' + pad : '') + (list ? ']' : '}'));
  };
  walk(value, '');
  return out;
}
