// Calls as they happen: what failed, by whom, how slow. Rows are recycled; focus stays on the grid.
import { h, put, write, place, time, span } from './dom.js';
import { get, search } from './api.js';
import { on } from './live.js';
import { known, merge, overview } from './project.js';
import { bars, histogram, minuteAxis, spot, TICKS } from './charts.js';
import { command, icon, lead, options, pill, segments, tries } from './parts.js';
import { setQuery } from './router.js';
import { say, toast } from './shell.js';
import { calls as sentence, quantile, outcome } from './words.js';
import { drawer } from './call.js';

const ROW = 34, PAGE = 200, MOST = 5000;

export default async function page({ query, signal }) {
  const f = Object.fromEntries(['outcome', 'provider', 'operation', 'task', 'q'].map(k => [k, query.get(k) ?? '']));
  const fits = c => ['outcome', 'provider', 'operation', 'task'].every(k => !f[k] || c[k] === f[k]) && [c.id, `${c.provider}.${c.operation}`, c.path, c.caller, c.code, c.request_id].join(' ').toLowerCase().includes(f.q.toLowerCase());
  const filtered = () => Object.values(f).some(Boolean), read = before => get('/v1/calls' + search({ ...f, limit: PAGE, before }), signal);
  let [{ calls: rows, next }] = await Promise.all([read(), overview().catch(() => null)]);
  let fresh = [], active = -1, open = null, reading = 0, timer, print;

  // ---- filter ----------------------------------------------------------------------------------------------------
  async function reload() {
    const mine = ++reading, slow = setTimeout(() => scroll.setAttribute('aria-busy', true), 150);
    try {
      const answer = await read();
      if (mine !== reading) return;
      ({ calls: rows, next } = answer);
      fresh = []; more.hidden = true; active = rows.findIndex(c => c.id === open); scroll.scrollTop = 0;
      summary(); draw();
    } catch (problem) { if (!signal.aborted) toast(problem.title, 'fail'); }
    clearTimeout(slow);
    scroll.removeAttribute('aria-busy');
  }
  function change(fields, push) { Object.assign(f, fields); setQuery(fields, push); chips(); reload(); }
  const clear = () => { field.value = select.value = ''; seg.querySelector('input').checked = true; change({ outcome: '', provider: '', operation: '', task: '', q: '' }); };
  const seg = segments('Outcome', [['', 'All'], ['answered', 'Answered'], ['retried', 'Retried'], ['failed', 'Failed']], f.outcome, value => change({ outcome: value }));
  const select = h('select.field', { 'aria-label': 'Provider', onchange: e => change({ provider: e.target.value, operation: '' }) }, options('All providers', known()?.providers.map(p => [p.name, p.title]) ?? [], f.provider));
  const typed = push => { clearTimeout(timer); timer = setTimeout(() => change({ q: field.value.trim() }, push), push ? 0 : 150); };
  const field = h('input.field.grow', { type: 'search', placeholder: 'Operation, caller, code, request id', 'aria-label': 'Filter calls', 'aria-keyshortcuts': '/', 'data-filter': true, value: f.q, oninput: () => typed(), onkeydown: e => { if (e.key === 'Enter') typed(true); } });
  const chipbox = h('div.chips'), chips = () => put(chipbox, ['operation', 'task'].filter(k => f[k]).map(k => h('button.chip.row', { 'aria-label': `Clear ${k} ${f[k]}`, onclick: () => change({ [k]: '' }) }, `${k} ${f[k]}`, icon('close', 12))));

  // ---- sentence and charts ---------------------------------------------------------------------------------------
  const said = h('h1'), extra = h('p'), volume = h('div'), spread = h('div'), marks = h('span.marks');
  function summary() {
    const [a, b] = sentence(rows, filtered(), known()?.calls, next), minutes = known()?.calls.minutes ?? [], at = quantile(rows), q = rows.length ? [['half', at(.5)], ['95 %', at(.95)], ['99 %', at(.99)]] : [], now = JSON.stringify(minutes);
    write(said, a); write(extra, b); say(a);
    if (now !== print && minutes.length) put(volume, bars(minutes, 720, 72), minuteAxis(minutes));
    print = now;
    put(spread, histogram(rows.map(c => c.ms), q));
    put(marks, q.map(([n, ms]) => h('span', n + ' ', h('b', span(ms)))));
  }

  // ---- rows: only what is on screen exists -----------------------------------------------------------------------
  const body = h('div.vbody', { role: 'rowgroup' }), none = h('div.empty'), pool = [], more = h('button.more', { hidden: true, onclick: () => { admit(); scroll.scrollTop = 0; } });
  const scroll = h('div.vscroll', { role: 'grid', tabindex: 0, 'aria-label': 'Calls' }, h('div.vhead', { role: 'row' }, [['Time'], ['Outcome'], ['Operation'], ['Asked by', 'wide'], ['Tries', 'mid']].map(([t, c]) => h('span', { role: 'columnheader', class: c }, t)),
    h('span.dots.mid', { role: 'columnheader', 'aria-label': 'Latency' }, TICKS.map(([at, t]) => h('i', { vars: { at } }, t))), h('span.n', { role: 'columnheader' }, 'Took')), body, none);
  function draw() {
    const top = Math.max(0, Math.floor(scroll.scrollTop / ROW) - 4), n = Math.max(0, Math.min(rows.length - top, Math.ceil(scroll.clientHeight / ROW) + 8));
    place(body, { rows: rows.length * ROW + 'px' });
    scroll.setAttribute('aria-rowcount', rows.length + 1);
    while (pool.length < n) pool.push(body.appendChild(h('div.vrow', { role: 'row', onclick: e => choose(e.currentTarget.index, true) })));
    pool.forEach((el, j) => {
      const i = el.index = top + j, c = rows[i];
      if ((el.hidden = j >= n)) return;
      place(el, { y: i * ROW + 'px' }); el.setAttribute('aria-rowindex', i + 2); el.setAttribute('aria-selected', i === active);
      if (el.call === c) return;
      const [shape, word] = outcome(c.outcome), cell = (kind, ...k) => h('span' + kind, { role: 'gridcell' }, k);
      el.call = c; el.id = c.id; el.classList.toggle('fresh', !!c.fresh); c.fresh = false;
      put(el, cell('.dim', time(c.at)), cell('', pill([shape, [c.status ?? 'no answer', shape !== 'ok' && h('span.word', ' ' + word.toLowerCase())]])), cell('', h('b', c.provider), '.' + c.operation),
        cell('.wide.dim', c.task ? 'task ' + (c.step ?? '') : c.caller), cell('.mid', tries(c.tries)), cell('.dots.mid', h('i', { 'data-s': shape, vars: { at: spot(c.ms) } })), cell('.n', span(c.ms)));
    });
    scroll.setAttribute('aria-activedescendant', rows[active]?.id ?? '');
    none.hidden = rows.length > 0;
    put(none, filtered() ? ['No call fits this filter.', h('button.btn', { onclick: clear }, 'Clear the filter')] : command('footing call PROVIDER.OPERATION'), h('div.ground'));
    if (next && top + n > rows.length - 20 && rows.length < MOST) older();
  }
  async function older() {
    const before = next, mine = reading;
    next = null;
    try { const answer = await read(before); if (mine === reading) { rows = [...rows, ...answer.calls]; next = answer.next; draw(); } } catch { next = before; }
  }
  function choose(i, show) {
    active = Math.max(0, Math.min(rows.length - 1, i));
    const y = active * ROW;
    if (y < scroll.scrollTop) scroll.scrollTop = y; else if (y + ROW * 2 > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = y + ROW * 2 - scroll.clientHeight;
    if (rows.length && (show || open)) detail(rows[active]);
    draw();
  }

  // ---- one call --------------------------------------------------------------------------------------------------
  const side = h('aside.drawer', { 'aria-label': 'Call', hidden: true });
  const turn = id => { open = id; side.hidden = !id; document.body.classList.toggle('drawer-open', !!id); setQuery({ id }); scroll.focus({ preventScroll: true }); };
  const close = () => { turn(null); draw(); };
  function detail(c) { turn(c.id); drawer(side, c, close, signal); }

  // ---- live: rows come in while you are at the top and chose nothing; else they wait behind one button -----------
  function admit() {
    const chosen = rows[active]?.id;
    for (const c of fresh) c.fresh = true;
    rows = [...fresh, ...rows].slice(0, MOST); fresh = []; more.hidden = true; active = rows.findIndex(c => c.id === chosen);
    summary(); draw();
  }
  on('calls', (items, whole) => {
    const ids = new Set(rows.map(c => c.id)), fit = items.filter(fits), added = fit.filter(c => !ids.has(c.id));
    if (whole && rows.length && added.length && added.length === fit.length) return reload(); // the gap is read, not guessed
    if (fit.length > added.length) rows = merge(rows, fit.filter(c => ids.has(c.id)));
    fresh = merge(fresh, added).sort((a, b) => (a.at < b.at ? 1 : -1));
    if (!fresh.length || (scroll.scrollTop < 4 && active < 1 && !open)) return admit();
    more.hidden = false;
    write(more, `${fresh.length} new call${fresh.length > 1 ? 's' : ''}`);
  }, signal);
  on('overview', summary, signal);
  scroll.addEventListener('scroll', draw, { passive: true });
  addEventListener('resize', draw, { signal });
  addEventListener('footing:row', event => { event.preventDefault(); choose(active + event.detail); }, { signal });
  document.addEventListener('keydown', event => {
    const { key, target } = event, step = { ArrowDown: 1, ArrowUp: -1 }[key], here = target === scroll || target === document.body || target.id === 'main';
    if (step && target === scroll) { event.preventDefault(); choose(active + step); } else if (key === 'Enter' && here && rows[active]) detail(rows[active]);
    else if (key === 'Escape' && !target.closest('dialog, input')) open ? close() : filtered() && clear();
  }, { signal });
  chips(); summary();
  return {
    title: 'Calls', nodes: [lead(said, extra), h('div.row.filters', seg, select, field, chipbox),
      h('div.charts', h('section', h('h2.mini', 'All calls a minute, last hour'), volume), h('section.mid', h('header.row', h('h2.mini', 'How long those listed took'), marks), spread)), h('div.callgrid', h('div.vwrap', more, scroll), side)],
    shown() { draw(); const id = query.get('id'), i = rows.findIndex(c => c.id === id); if (i >= 0) choose(i, true); else if (id) detail({ id }); },
  };
}
