// Elements without markup strings, and the parts that every page is made of.
// Text is always text, so nothing a vendor wrote can become part of the page.
import { advice, clock, count, many, outcome, party, provider, span, work, OVER } from './words.js';

// Control and direction characters are shown by number.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const number = c => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
const plain = value => String(value).replace(HIDDEN, number);
const kids = list => list.flat(9)
  .filter(k => k != null && k !== false && k !== '')
  .map(k => (k instanceof Node ? k : plain(k)));

function fill(el, [props, ...rest]) {
  if (props?.constructor !== Object) rest.unshift(props);
  else for (const [name, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (name.startsWith('on')) el.addEventListener(name.slice(2), value);
    else if (name === 'vars') place(el, value);
    else el.setAttribute(name, value === true ? '' : value);
  }
  el.append(...kids(rest));
  return el;
}
/** An HTML element: `h('td.n', { title: 'x' }, child, 'text')`; `vars` are custom properties, `onclick` a listener. */
export function h(tag, ...args) {
  const [name, ...classes] = tag.split('.'), el = document.createElement(name);
  if (classes.length) el.className = classes.join(' ');
  return fill(el, args);
}
export const s = (tag, ...args) => fill(document.createElementNS('http://www.w3.org/2000/svg', tag), args);
export const $ = (query, root = document) => root.querySelector(query);
/** Positions are custom properties set through the CSSOM, which the policy allows; a style attribute is refused. */
export function place(el, vars) { for (const name in vars) el.style.setProperty('--' + name, vars[name]); }
export function put(el, ...list) { el.replaceChildren(...kids(list)); return el; }
/** Writes a text only when it changed, so that a selection in it survives. */
export function write(el, value) {
  const now = plain(value ?? '');
  if (el.textContent !== now) el.textContent = now;
}
/** True while a person points at the element or works in it: live changes then leave it alone. */
export const held = el => el.matches(':hover, :focus-within');

/** Makes the children of `parent` match `items` by key: unchanged ones stay, held ones are left for the next time. */
export function keyed(parent, items, key, draw) {
  const old = new Map([...parent.children].map(el => [el.key, el]));
  let at = parent.firstChild;
  for (const item of items) {
    const id = item[key], print = JSON.stringify(item), was = old.get(id);
    const el = was && (was.print === print || held(was)) ? was : Object.assign(draw(item, !was), { key: id, print });
    old.delete(id);
    if (was && el !== was) {
      if (at === was) at = el;
      was.replaceWith(el);
    }
    if (el === at) at = at.nextSibling;
    else parent.insertBefore(el, at);
  }
  for (const el of old.values()) el.remove();
}

// ---- addresses -----------------------------------------------------------------------------------------------------
/** An address of the console. */
export const href = (to = '/') => '/console' + to;
export const link = (to, ...list) => h('a', { href: href(to) }, list);

// ---- shapes --------------------------------------------------------------------------------------------------------
const ICONS = { // 16 px, one stroke of 1.5
  overview: 'M2.5 2.5H7V7H2.5zM9 2.5h4.5V7H9zM2.5 9H7v4.5H2.5zM9 9h4.5v4.5H9z',
  calls: 'M2 5h11M10 2l3 3-3 3M14 11H3M6 8l-3 3 3 3',
  tasks: 'M2 4h5M4.5 8h6M9 12h5',
  providers: 'M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9v1.75a4.5 4.5 0 0 1-9 0zM8 11.75V14',
  inventory: 'M2.5 3.5h4l1.5 2h5.5v7h-11zM5 8h6M5 10.25h4',
  drift: 'M2 11.5h5l4.5-7H14M11.5 2 14 4.5 11.5 7M2 4.5h4',
  score: 'M2 9.25h5v4.25H2zM9 9.25h5v4.25H9zM5.5 2.75h5V7h-5z',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.4 10.4l3.1 3.1',
  system: 'M2 3h12v8.5H2zM6 14h4',
  light: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  dark: 'M13.5 9.75A6 6 0 0 1 6.25 2.5a6 6 0 1 0 7.25 7.25z',
  pause: 'M5.5 3v10M10.5 3v10',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5.25a2.5 2.5 0 0 1 5 0V7.5',
  next: 'M6 3.5 10.5 8 6 12.5',
  more: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  file: 'M3.75 2h5.75l2.75 2.75V14h-8.5zM9.25 2v3h3',
  keys: 'M1.5 4h13v8h-13zM4.5 9.5h7',
  out: 'M9.5 3H3v10h6.5M7 8h7M11.5 5.5 14 8l-2.5 2.5',
};
const svg = (kind, box, width, height, ...list) =>
  s('svg', { viewBox: box, width, height, class: kind, 'aria-hidden': 'true' }, list);
export const icon = (name, size = 16) => svg('icon', '0 0 16 16', size, size, s('path', { d: ICONS[name] }));

const DISC = r => ['circle', { cx: 6, cy: 6, r, class: r > 5 ? 'm' : r < 3 ? 'dot' : 'o' }];
const P = (d, kind) => ['path', { d, class: kind }];
const GLYPHS = { // told by shape first, colour second, word always
  ok: [DISC(5.25), P('M3.6 6.2l1.7 1.7 3.2-3.6', 'k')],
  warn: [P('M6 .9 11.5 11H.5z', 'm j'), P('M6 4.6v2.8M6 9.2v.01', 'k')],
  fail: [P('M3.7.75h4.6l2.95 2.95v4.6L8.3 11.25H3.7L.75 8.3V3.7z', 'm'), P('M4.2 4.2l3.6 3.6M7.8 4.2 4.2 7.8', 'k')],
  run: [DISC(4.5), P('M6 1.5A4.5 4.5 0 0 1 10.5 6', 'arc')],
  wait: [P('M6 .6 11.4 6 6 11.4.6 6z', 'm'), P('M6 3.8v2.6M6 8.2v.01', 'k')],
  hold: [DISC(4.75), P('M4.7 4.2v3.6M7.3 4.2v3.6', 'p')],
  start: [DISC(2.25)],
  idle: [DISC(4.75)],
};
export function glyph(name, size = 12) {
  const el = svg('glyph', '0 0 12 12', size, size, GLYPHS[name].map(([tag, attributes]) => s(tag, attributes)));
  el.dataset.s = name;
  return el;
}
/** The mark: an F whose foot is spread wide enough to carry it. */
export const mark = (size = 22) => svg('mark', '4 3 26 27', size, size,
  s('path', { d: 'M11 4h16v5H16v4.25h8.5v4.5H16V22h-5z' }), s('path', { d: 'M5 24.5h17V29H5z' }));

/** A state: shape, word, colour. */
export const pill = ([name, word], filled) =>
  h(filled ? 'span.pill.fill' : 'span.pill', { 'data-s': name }, glyph(name), h('span', word));
/** Who failed: your app, Footing, provider, always in this order; the one that failed is filled and named. */
export const who = (failed, name) => h('span.who.row',
  svg('', '0 0 33 9', 33, 9, s('path', { d: 'M9 4.5h3M21 4.5h3' }), ['caller', 'footing', 'provider'].map((p, i) =>
    s('rect', { x: i * 12 + .75, y: .75, width: 7.5, height: 7.5, class: p === failed && 'hit' }))),
  h('span', party(failed, name)));
/** One shape an attempt, in order. */
export const tries = (list = []) => h('span.tries',
  { role: 'img', 'aria-label': `${many(list.length, 'try')}, the last ${list.at(-1)?.outcome}` },
  list.map(t => glyph(outcome(t.outcome)[0], 10)));

// ---- page parts ----------------------------------------------------------------------------------------------------
/** Local to read, UTC in the title to compare with logs. */
export const time = (at, shown = clock(at)) =>
  h('time', { datetime: at, title: at && new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC') }, shown);
/** A count that is quiet when it is nothing. */
export const loud = n => (n ? h('b', count(n)) : h('span.dim', '0'));
/** A section with its heading, a note and a link at the end of the line. */
export const section = (name, note, end, ...list) =>
  h('section.section', h('header', h('h2', name), note && h('p', note), end), list);
export const lead = (...list) => h('header.lead', list);
const figure = (value, unit) => h('span.figure', value, unit && h('small', unit));
/** One of the answers under the sentence: question, figure, evidence; all of it is a link. */
export const answer = (to, question, value, unit, ...evidence) =>
  h('a.answer', { href: href(to) }, h('h2', question), figure(value, unit), evidence);
const heading = t => (Array.isArray(t) ? h('th', { class: t[1], title: t[2] }, t[0]) : h('th', t));
export const heads = list => h('thead', h('tr', list.map(heading)));
export const table = (names, body) => h('table.table.rows', heads(names), body);
/** The same thing in the terminal. */
export const command = text => h('span.copyline', h('code', text),
  h('button.icon-btn', { 'aria-label': 'Copy: ' + text, 'data-copy': text }, icon('copy', 14)));
export const closer = (act, name = 'Close') =>
  h('button.icon-btn.push', { 'aria-label': name, onclick: act }, icon('close', 14));
export const todo = (...list) => h('p.next', h('b', 'What to do. '), list);

export const bar = (part, name, label) =>
  h('span.share', { 'data-s': name, vars: { v: part }, role: 'img', 'aria-label': label }, h('i'));
export function progress(t) {
  const { done = 0, total = 0, text } = t.progress ?? {}, [name, word] = work(t.state), over = OVER.includes(t.state);
  const part = total ? Math.min(1, (done + .4) / total) : 0;
  return h('span.two.step2', pill([name, over ? word : text || word]),
    !over && h('span.prog', bar(part, name, `${done} of ${total} steps`), h('small', `${done}/${total}`)));
}

const BAR = 'Bar: from half to 95 in 100 answers, 5 ms to 20 s. Figure: 95 in 100';
export const PROVIDER_HEADS =
  ['Provider', 'State', ['Calls, 1 h', 'n wide'], ['Answers within', '', BAR], ['Retried', 'n wide'], ['Failed', 'n']];
export const providerRow = (p, more) => h('tr',
  h('td', h('a.two', { href: href('/providers/' + p.name) }, h('b', p.title), h('small', p.about))),
  h('td', pill(provider(p.state)), p.breaker !== 'closed' && h('small.dim', ' breaker ' + p.breaker)),
  h('td.n.wide', count(p.calls_hour)),
  h('td', p.p95_ms == null ? h('span.dim', 'no answer yet')
    : h('div.row.rangecell', range(p.p50_ms, p.p95_ms, p.state), span(p.p95_ms))),
  h('td.n.wide', loud(p.retried_hour)), h('td.n', loud(p.failed_hour)), more);

// ---- charts: no legends, no animation; each has its sentence -------------------------------------------------------
/** Where a duration sits on the one log axis, between 5 ms and 20 s, from 0 to 1. */
export const spot = ms => Math.max(0, Math.min(1, Math.log(Math.max(ms, 1) / 5) / Math.log(4000)));
export const TICKS = [[10, '10'], [100, '100 ms'], [1000, '1 s'], [10000, '10 s']].map(([ms, text]) => [spot(ms), text]);
const axis = (list, kind) =>
  h('div.axis', { 'aria-hidden': 'true', class: kind }, list.map(([at, text]) => h('span', { vars: { at } }, text)));
export const logAxis = () => axis(TICKS, 'axis');
const quarter = (m, i, all) => (i % 15 ? [] : [[i / all.length, clock(m.at).slice(0, 5)]]);
export const minuteAxis = minutes => axis(minutes.flatMap(quarter), 'axis left');

/** Answered stands on the line, retried is its cap; failed hangs below on its own scale, so one in a thousand is seen. */
export function bars(minutes, width = 240, height = 40) {
  const sum = key => minutes.reduce((n, m) => n + m[key], 0), most = of => Math.max(1, ...minutes.map(of));
  const failed = sum('failed'), worst = most(m => m.failed), top = most(m => m.answered + m.retried);
  const deep = failed ? height * .28 : 0, line = height - deep - .5, pitch = width / minutes.length;
  const rect = (i, y, tall, kind) => tall > 0 && s('rect',
    { x: (i * pitch).toFixed(1), y: y.toFixed(1), width: (pitch * .78).toFixed(1), height: tall.toFixed(1), class: kind });
  const column = (m, i) => {
    const up = m.answered / top * line, cap = m.retried && Math.max(2, m.retried / top * line);
    return [rect(i, line - up, up, i === minutes.length - 1 ? 'b-ok b-part' : 'b-ok'), rect(i, line - up - cap, cap, 'b-warn'),
      rect(i, line + 1, m.failed && Math.max(2, m.failed / worst * (deep - 1)), 'b-fail')];
  };
  const label = `${many(sum('answered') + sum('retried') + failed, 'call')} in ${minutes.length} minutes, ${failed} failed`;
  return s('svg',
    { viewBox: `0 0 ${width} ${height}`, class: 'bars', preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    minutes.map(column), s('path', { class: 'base', d: `M0 ${line}H${width}` }));
}
/** From half to 95 in 100 on the log axis. */
export const range = (p50, p95, state) => h('span.range', {
  'data-s': state === 'slow' ? 'warn' : 'ok', role: 'img', vars: { a: spot(p50 ?? 0), b: spot(p95 ?? 0) },
  'aria-label': `half under ${span(p50)}, 95 in 100 under ${span(p95)}`,
}, h('i'), h('b'));
/** The score as courses of a foundation: solid carries, outlined does not, hatched was never measured. */
export const blocks = ({ proven, of }, states = Array.from({ length: of }, (_, i) => (i < proven ? 'ok' : 'idle'))) =>
  h('span.blocks', { role: 'img', 'aria-label': `${proven} of ${of} proven` }, states.map(x => h('i', { 'data-s': x })));

// ---- page states ---------------------------------------------------------------------------------------------------
/** Rows to come. */
export const ghosts = () =>
  h('div.ghosts', { 'aria-busy': 'true' }, [62, 92, 70, 84].map(w => h('i', { vars: { w: w / 100 } })));
/** An empty list: when something appears or what to do, then the ground. */
export const empty = (...list) => h('div.empty', list, h('div.ground'));
/** What failed, who, what still works, what to do, under which id. */
export function failure(p, again) {
  const act = advice(p), name = p.title ?? 'This page could not be shown.';
  return empty(h('h1', name), p.source && who(p.source, p.provider),
    p.detail !== name && h('p.say', p.detail ?? p.message),
    p.errors?.map(e => h('p', h('code', e.pointer), ' ', e.message)), act && todo(act),
    h('p.row', h('button.btn', { onclick: again }, 'Try again'),
      p.request_id && h('span.dim', 'request ', h('code', p.request_id))));
}
