// Calls as they happen: what failed, by whom, how slow.
import { get, known, merge, newestFirst, on, overview, search } from './data.js';
import { bars, h, icon, lead, logAxis, minuteAxis, put, s, spot, write } from './ui.js';
import { setQuery } from './main.js';
import { say, toast } from './shell.js';
import { count, many, party, span } from './words.js';
import { choice, segments } from './object.js';
import { drawer } from './call.js';
import { grid } from './grid.js';

const PAGE = 200, MOST = 5000, FIELDS = ['outcome', 'provider', 'operation', 'task', 'q'];
const OUTCOMES = [['', 'All'], ['answered', 'Answered'], ['retried', 'Retried'], ['failed', 'Failed']];

// ---- the sentence ----------------------------------------------------------------------------------------------------
function quantile(list) {
  const sorted = list.map(c => c.ms).sort((a, b) => a - b);
  return q => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
/** "9 of them by Supabase", "all by Transit". */
function blame(failed) {
  const by = {};
  for (const c of failed) {
    const name = c.who === 'caller' ? 'your app' : party(c.who, c.provider);
    by[name] = (by[name] ?? 0) + 1;
  }
  const [worst, most] = Object.entries(by).sort((a, b) => b[1] - a[1])[0] ?? [];
  const part = most < failed.length ? `${count(most)} of them ` : most > 1 ? 'all ' : '';
  return `${part}by ${worst}`;
}
/** The sentence over the list and the one under it; `more`: there are older calls than those listed. */
function sentences(list, filtered, hour, more) {
  if (!list.length) return filtered ? ['No call fits this filter.', 'Clear a filter, or look at all calls.']
    : ['No call yet.', 'When your app calls a provider through Footing, each call is shown here with all its tries.'];
  const failed = list.filter(c => c.outcome === 'failed'), at = quantile(list), newest = more ? 'The newest ' : '';
  const rest = `Of those listed, half took under ${span(at(.5))}, 95 in 100 under ${span(at(.95))}.`;
  if (failed.length === list.length) return [`${newest}${many(failed.length, 'failed call')}, ${blame(failed)}.`, rest];
  const bad = failed.length ? `${count(failed.length)} failed, ${blame(failed)}` : 'none failed';
  if (filtered || !hour) return [`${newest}${many(list.length, 'call')}, ${bad}.`, rest];
  const saved = hour.retried ? `${count(hour.retried)} more failed at first and were saved by another try. ` : '';
  return [`${many(hour.hour, 'call')} in the last hour, ${hour.failed ? count(hour.failed) : 'none'} failed.`, saved + rest];
}

// ---- charts ----------------------------------------------------------------------------------------------------------
const BINS = 44;
/** How long calls took: square-root heights, rules at half, 95 and 99 in 100. */
function histogram(durations, marks) {
  const counts = new Array(BINS).fill(0);
  for (const ms of durations) counts[Math.min(BINS - 1, Math.floor(spot(ms) * BINS))]++;
  const most = Math.max(1, ...counts), tall = n => Math.max(1, Math.sqrt(n / most) * 70).toFixed(1);
  const column = (n, i) => n > 0 && s('rect', { x: i * 10, y: 72 - tall(n), width: 9, height: tall(n), class: 'b-ok' });
  return h('figure', { role: 'img', 'aria-label': marks.map(([n, ms]) => `${n} under ${span(ms)}`).join(', ') },
    h('div.plot', s('svg', { viewBox: '0 0 440 72', preserveAspectRatio: 'none', class: 'bars' },
      s('path', { class: 'base', d: 'M0 71.5H440' }), counts.map(column)),
    marks.map(([, ms]) => h('i.rule', { vars: { at: spot(ms) } }))), logAxis());
}
/** Sentence and charts above the list; `draw` shows them for the rows listed. */
function summary() {
  const said = h('h1'), extra = h('p'), volume = h('div'), spread = h('div'), marks = h('span.marks');
  let print;
  function draw(rows, filtered, more) {
    const [first, second] = sentences(rows, filtered, known()?.calls, more), minutes = known()?.calls.minutes ?? [];
    const at = quantile(rows), rules = rows.length ? [['half', at(.5)], ['95 %', at(.95)], ['99 %', at(.99)]] : [];
    write(said, first);
    write(extra, second);
    say(first);
    if (minutes.length && print !== (print = JSON.stringify(minutes))) put(volume, bars(minutes, 720, 72), minuteAxis(minutes));
    put(spread, histogram(rows.map(c => c.ms), rules));
    put(marks, rules.map(([name, ms]) => h('span', name + ' ', h('b', span(ms)))));
  }
  const charts = h('div.charts', h('section', h('h2.mini', 'All calls a minute, last hour'), volume),
    h('section.mid', h('header.row', h('h2.mini', 'How long those listed took'), marks), spread));
  return { head: lead(said, extra), charts, draw };
}

// ---- filter ----------------------------------------------------------------------------------------------------------
const text = c => [c.id, `${c.provider}.${c.operation}`, c.path, c.caller, c.code, c.request_id].join(' ').toLowerCase();
/** The fields of the address, and what is in the bar; `changed` is told of every change. */
function filter(query, changed) {
  const f = Object.fromEntries(FIELDS.map(k => [k, query.get(k) ?? '']));
  let timer;
  function change(fields, push) {
    Object.assign(f, fields);
    setQuery(fields, push);
    chips();
    changed();
  }
  const typed = push => {
    clearTimeout(timer);
    timer = setTimeout(() => change({ q: field.value.trim() }, push), push ? 0 : 150);
  };
  const providers = known()?.providers.map(p => [p.name, p.title]) ?? [];
  const seg = segments('Outcome', OUTCOMES, f.outcome, outcome => change({ outcome }));
  const select = choice('Provider', 'All providers', providers, f.provider, provider => change({ provider, operation: '' }));
  const field = h('input.field.grow', {
    type: 'search', placeholder: 'Operation, caller, code, request id', 'aria-label': 'Filter calls', 'aria-keyshortcuts': '/',
    'data-filter': true, value: f.q, oninput: () => typed(), onkeydown: event => { if (event.key === 'Enter') typed(true); },
  });
  const box = h('div.chips'), chip = k => h('button.chip.row',
    { 'aria-label': `Clear ${k} ${f[k]}`, onclick: () => change({ [k]: '' }) }, `${k} ${f[k]}`, icon('close', 12));
  const chips = () => put(box, ['operation', 'task'].filter(k => f[k]).map(chip));
  chips();
  return {
    el: h('div.row.filters', seg, select, field, box), fields: f,
    on: () => FIELDS.some(k => f[k]),
    fits: c => FIELDS.every(k => !f[k] || (k === 'q' ? text(c).includes(f.q.toLowerCase()) : c[k] === f[k])),
    clear() {
      field.value = select.value = '';
      seg.querySelector('input').checked = true;
      change(Object.fromEntries(FIELDS.map(k => [k, ''])));
    },
  };
}

export default async function page({ query, signal }) {
  const read = before => get('/v1/calls' + search({ ...bar.fields, limit: PAGE, before }), signal);
  await overview().catch(() => null);
  const bar = filter(query, reload), above = summary();
  let { calls: rows, next } = await read(), fresh = [], active = -1, open = null, reading = 0;
  const side = h('aside.drawer', { 'aria-label': 'Call', hidden: true });
  const more = h('button.more', { hidden: true, onclick: () => { admit(); list.el.scrollTop = 0; } });
  const list = grid({
    data: () => rows, active: () => active, choose: i => choose(i, true), clear: () => bar.on() && bar.clear,
    near: i => { if (next && i > rows.length - 20 && rows.length < MOST) older(); },
  });
  const draw = () => { above.draw(rows, bar.on(), next); list.draw(); };

  // ---- reading -------------------------------------------------------------------------------------------------------
  async function reload() {
    const mine = ++reading, slow = setTimeout(() => list.el.setAttribute('aria-busy', true), 150);
    const answer = await read().catch(problem => { if (!signal.aborted) toast(problem.title, 'fail'); });
    clearTimeout(slow);
    list.el.removeAttribute('aria-busy');
    if (mine !== reading || !answer) return;
    ({ calls: rows, next } = answer);
    settle([], open);
    list.el.scrollTop = 0;
    draw();
  }
  async function older() {
    const before = next, mine = reading;
    next = null;
    const answer = await read(before).catch(() => ({ calls: [], next: before }));
    if (mine !== reading) return;
    rows = [...rows, ...answer.calls];
    next = answer.next;
    if (answer.calls.length) list.draw();
  }
  /** Leaves `waiting` behind the button and finds the chosen call `id` again. */
  function settle(waiting, id) {
    fresh = waiting;
    more.hidden = !waiting.length;
    active = rows.findIndex(c => c.id === id);
  }

  // ---- one call ------------------------------------------------------------------------------------------------------
  function turn(id) {
    open = id;
    side.hidden = !id;
    document.body.classList.toggle('drawer-open', !!id);
    setQuery({ id });
    list.el.focus({ preventScroll: true });
  }
  function close() { turn(null); list.draw(); }
  function detail(c) { turn(c.id); drawer(side, c, close, signal); }
  function choose(i, show) {
    active = Math.max(0, Math.min(rows.length - 1, i));
    list.reveal(active);
    if (rows.length && (show || open)) detail(rows[active]);
    list.draw();
  }

  // ---- live: rows come in while you are at the top and chose nothing; else they wait behind one button ----------------
  function admit() {
    const chosen = rows[active]?.id;
    for (const c of fresh) c.fresh = true;
    rows = [...fresh, ...rows].slice(0, MOST);
    settle([], chosen);
    draw();
  }
  function hear(items, whole) {
    const ids = new Set(rows.map(c => c.id)), fit = items.filter(bar.fits), added = fit.filter(c => !ids.has(c.id));
    if (whole && rows.length && added.length && added.length === fit.length) return reload(); // the gap is read, not guessed
    if (fit.length > added.length) rows = merge(rows, fit.filter(c => ids.has(c.id)));
    fresh = newestFirst(merge(fresh, added));
    if (!fresh.length || (list.el.scrollTop < 4 && active < 1 && !open)) return admit();
    more.hidden = false;
    write(more, many(fresh.length, 'new call'));
  }
  function press(event) {
    const { key, target } = event, step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && target === list.el) { event.preventDefault(); return choose(active + step); }
    if (key === 'Enter' && rows[active] && (target === list.el || target.matches('body, #main'))) return detail(rows[active]);
    if (key !== 'Escape' || target.closest('dialog, input')) return;
    if (open) close();
    else if (bar.on()) bar.clear();
  }
  on('calls', hear, signal);
  on('overview', () => above.draw(rows, bar.on(), next), signal);
  addEventListener('resize', list.draw, { signal });
  addEventListener('footing:row', event => { event.preventDefault(); choose(active + event.detail); }, { signal });
  document.addEventListener('keydown', press, { signal });
  return {
    title: 'Calls',
    nodes: [above.head, bar.el, above.charts, h('div.callgrid', h('div.vwrap', more, list.el), side)],
    shown() {
      const id = query.get('id'), i = rows.findIndex(c => c.id === id);
      draw();
      if (i >= 0) choose(i, true);
      else if (id) detail({ id });
    },
  };
}
