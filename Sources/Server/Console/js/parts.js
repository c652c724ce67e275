// The parts that pages are made of: icons, state shapes, small tables, JSON, page states.
import { h, s, span, count, loud } from './dom.js';
import { advice, answer, outcome, party, provider, title, work, OVER } from './words.js';
import { range } from './charts.js';
import { href } from './router.js';

const ICONS = { // 16 px, one stroke of 1.5
  overview: 'M2.5 2.5H7V7H2.5zM9 2.5h4.5V7H9zM2.5 9H7v4.5H2.5zM9 9h4.5v4.5H9z', calls: 'M2 5h11M10 2l3 3-3 3M14 11H3M6 8l-3 3 3 3', tasks: 'M2 4h5M4.5 8h6M9 12h5',
  providers: 'M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9v1.75a4.5 4.5 0 0 1-9 0zM8 11.75V14', score: 'M2 9.25h5v4.25H2zM9 9.25h5v4.25H9zM5.5 2.75h5V7h-5z', search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.4 10.4l3.1 3.1',
  system: 'M2 3h12v8.5H2zM6 14h4', light: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1', dark: 'M13.5 9.75A6 6 0 0 1 6.25 2.5a6 6 0 1 0 7.25 7.25z', pause: 'M5.5 3v10M10.5 3v10', close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3', lock: 'M4 7.5h8v6H4zM5.5 7.5V5.25a2.5 2.5 0 0 1 5 0V7.5', next: 'M6 3.5 10.5 8 6 12.5', more: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11', file: 'M3.75 2h5.75l2.75 2.75V14h-8.5zM9.25 2v3h3', keys: 'M1.5 4h13v8h-13zM4.5 9.5h7', out: 'M9.5 3H3v10h6.5M7 8h7M11.5 5.5 14 8l-2.5 2.5',
};
export const icon = (name, size = 16) => s('svg', { viewBox: '0 0 16 16', width: size, height: size, class: 'icon', 'aria-hidden': 'true' }, s('path', { d: ICONS[name] }));
const DISC = r => ['circle', { cx: 6, cy: 6, r, class: r > 5 ? 'm' : r < 3 ? 'dot' : 'o' }], P = (d, kind) => ['path', { d, class: kind }];
const GLYPHS = { // told by shape first, colour second, word always
  ok: [DISC(5.25), P('M3.6 6.2l1.7 1.7 3.2-3.6', 'k')], warn: [P('M6 .9 11.5 11H.5z', 'm j'), P('M6 4.6v2.8M6 9.2v.01', 'k')], fail: [P('M3.7.75h4.6l2.95 2.95v4.6L8.3 11.25H3.7L.75 8.3V3.7z', 'm'), P('M4.2 4.2l3.6 3.6M7.8 4.2 4.2 7.8', 'k')],
  run: [DISC(4.5), P('M6 1.5A4.5 4.5 0 0 1 10.5 6', 'arc')], wait: [P('M6 .6 11.4 6 6 11.4.6 6z', 'm'), P('M6 3.8v2.6M6 8.2v.01', 'k')], hold: [DISC(4.75), P('M4.7 4.2v3.6M7.3 4.2v3.6', 'p')], start: [DISC(2.25)], idle: [DISC(4.75)],
};
export const glyph = (name, size = 12) => s('svg', { viewBox: '0 0 12 12', width: size, height: size, class: 'glyph', 'data-s': name, 'aria-hidden': 'true' }, GLYPHS[name].map(([tag, attributes]) => s(tag, attributes)));
/** The mark: an F whose foot is spread wide enough to carry it. */
export const mark = (size = 22) => s('svg', { viewBox: '4 3 26 27', width: size, height: size, class: 'mark', 'aria-hidden': 'true' }, s('path', { d: 'M11 4h16v5H16v4.25h8.5v4.5H16V22h-5z' }), s('path', { d: 'M5 24.5h17V29H5z' }));

export const pill = ([name, word], filled) => h(filled ? 'span.pill.fill' : 'span.pill', { 'data-s': name }, glyph(name), h('span', word));
/** Who failed: your app, Footing, provider, always in this order; the one that failed is filled and named. */
export const who = (failed, name) => h('span.who.row', s('svg', { viewBox: '0 0 33 9', width: 33, height: 9, 'aria-hidden': 'true' }, s('path', { d: 'M9 4.5h3M21 4.5h3' }), ['caller', 'footing', 'provider'].map((p, i) => s('rect', { x: i * 12 + .75, y: .75, width: 7.5, height: 7.5, class: p === failed && 'hit' }))), h('span', party(failed, name)));
/** One shape an attempt, in order. */
export const tries = (list = []) => h('span.tries', { role: 'img', 'aria-label': `${list.length} tries, the last ${list.at(-1)?.outcome}` }, list.map(t => glyph(outcome(t.outcome)[0], 10)));
export const tryTable = (list, name) => list?.length > 0 && h('table.table.trytable', heads(['Try', 'Outcome', ['Footing', 'n'], [name ? title(name) : 'Provider', 'n']]), h('tbody', list.map((t, i) => [
  h('tr', h('td', i + 1), h('td', pill([outcome(t.outcome)[0], answer(t)])), h('td.n', span(t.footing_ms)), h('td.n', span(t.ms))), t.waited_ms > 0 && h('tr.waited', h('td'), h('td', { colspan: 3 }, `waited ${span(t.waited_ms)}${t.reason ? ': ' + t.reason : ''}`))])));

/** A section with its heading, a note and a link at the end of the line. */
export const section = (name, note, link, ...list) => h('section.section', h('header', h('h2', name), note && h('p', note), link), list);
export const lead = (...list) => h('header.lead', list);
export const figure = (value, unit) => h('span.figure', value, unit && h('small', unit));
export const facts = list => h('dl.args', list.filter(row => row && row[1] != null && row[1] !== '').map(([name, value]) => h('div', h('dt', name), h('dd', value))));
export const fold = (name, content, open) => h('details.fold', { open }, h('summary.row', icon('next', 12), name), content);
const heads = list => h('thead', h('tr', list.map(t => (Array.isArray(t) ? h('th', { class: t[1], title: t[2] }, t[0]) : h('th', t)))));
export const table = (names, body) => h('table.table.rows', heads(names), body);
/** The same thing in the terminal. */
export const command = text => h('span.copyline', h('code', text), h('button.icon-btn', { 'aria-label': 'Copy: ' + text, 'data-copy': text }, icon('copy', 14)));
export const closer = (act, name = 'Close') => h('button.icon-btn.push', { 'aria-label': name, onclick: act }, icon('close', 14));
/** A closed set as segments. */
export const segments = (name, options, chosen, act) => h('div.seg', { role: 'radiogroup', 'aria-label': name }, options.map(([value, text]) => h('label', h('input', { type: 'radio', name, value, checked: chosen === value, onchange: () => act(value) }), text)));
export const options = (all, list, chosen) => [h('option', { value: '' }, all), list.map(([value, text]) => h('option', { value, selected: chosen === value }, text))];

/** JSON as text nodes; a value the server kept back is a hatched block that says why. */
export function json(value) {
  const out = h('pre.json', { tabindex: 0, 'aria-label': 'JSON' });
  let lines = 0;
  const add = (text, kind) => out.append(kind ? h('span.' + kind, text) : text);
  const walk = (v, pad) => {
    if (typeof v === 'string') return /^\W?(redacted|secret |personal:)/i.test(v) ? out.append(h('span.redacted', icon('lock', 11), v.replace(/^\W|\W$/g, ''))) : add(JSON.stringify(v.slice(0, 2000)), 'str');
    if (v == null || typeof v !== 'object') return add(String(v), 'num');
    const list = Array.isArray(v), keys = Object.keys(v);
    add(list ? '[' : '{');
    keys.forEach((k, i) => {
      if (++lines > 300) return lines === 301 && add(`\n${pad}  … the rest is in the terminal`);
      add('\n' + pad + '  ');
      if (!list) { add(JSON.stringify(k), 'key'); add(': '); }
      walk(v[k], pad + '  ');
      if (i < keys.length - 1) add(',');
    });
    add((keys.length ? '\n' + pad : '') + (list ? ']' : '}'));
  };
  walk(value, '');
  return out;
}

// ---- rows that two pages share -----------------------------------------------------------------------------------
export const PROVIDER_HEADS = ['Provider', 'State', ['Calls, 1 h', 'n wide'], ['Answers within', '', 'Bar: from half to 95 in 100 answers, 5 ms to 20 s. Figure: 95 in 100'], ['Retried', 'n wide'], ['Failed', 'n']];
export const providerRow = (p, more) => h('tr', h('td', h('a.two', { href: href('/providers/' + p.name) }, h('b', p.title), h('small', p.about))), h('td', pill(provider(p.state)), p.breaker !== 'closed' && h('small.dim', ' breaker ' + p.breaker)), h('td.n.wide', count(p.calls_hour)),
  h('td', p.p95_ms == null ? h('span.dim', 'no answer yet') : h('div.row.rangecell', range(p.p50_ms, p.p95_ms, p.state), span(p.p95_ms))), h('td.n.wide', loud(p.retried_hour)), h('td.n', loud(p.failed_hour)), more);
export const bar = (part, name, label) => h('span.share', { 'data-s': name, vars: { v: part }, role: 'img', 'aria-label': label }, h('i'));
export function progress(t) {
  const { done = 0, total = 0, text } = t.progress ?? {}, [name, word] = work(t.state), over = OVER.includes(t.state);
  return h('span.two.step2', pill([name, over ? word : text || word]), !over && h('span.prog', bar(total ? Math.min(1, (done + .4) / total) : 0, name, `${done} of ${total} steps`), h('small', `${done}/${total}`)));
}

// ---- page states -------------------------------------------------------------------------------------------------
/** Rows to come. */
export const ghosts = () => h('div.ghosts', { 'aria-busy': 'true' }, [62, 92, 70, 84].map(w => h('i', { vars: { w: w / 100 } })));
/** An empty list: when something appears or what to do, then the ground. */
export const empty = (...list) => h('div.empty', list, h('div.ground'));
/** What failed, who, what still works, what to do, under which id. */
export function failure(p, again) {
  const todo = advice(p), name = p.title ?? 'This page could not be shown.';
  return empty(h('h1', name), p.source && who(p.source, p.provider), p.detail !== name && h('p.say', p.detail ?? p.message), p.errors?.map(e => h('p', h('code', e.pointer), ' ', e.message)), todo && h('p.next', h('b', 'What to do. '), todo),
    h('p.row', h('button.btn', { onclick: again }, 'Try again'), p.request_id && h('span.dim', 'request ', h('code', p.request_id))));
}
