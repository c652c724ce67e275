// The swimlane of a task: a row a step, equal calls folded, waits hatched, failed tries with a wall, a line for now.
import { h, put, write, place, span, many } from './dom.js';
import { glyph } from './parts.js';
import { at, folds, isOver, pieces, stateOf } from './run.js';
import { work, troubled } from './words.js';

const SHOWN = 8, NICE = [100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5, 72e5, 216e5, 864e5];

/** `pick(id)` is told which row was chosen: "rents" or "rents.12". */
export function timeline(pick) {
  const ticks = h('div.ticks'), now = h('i.nowline'), body = h('ol'), el = h('section.fall', { 'aria-label': 'Timeline of steps' }, h('div.fall-head', h('span', 'Step'), ticks, h('span.n', 'Took')), body, h('div.overlay', h('div', now)));
  const rows = new Map(), open = new Set();
  let run, chosen = '', order = '', drawn = '', zero, scale, step, folded = [];

  // ---- time to place: long waits are folded; while it runs the scale jumps, it does not creep ---------------------
  const squeeze = t => folded.reduce((x, f) => x - Math.max(0, Math.min(1, (t - f.from) / (f.to - f.from))) * (f.to - f.from - f.keep), t - zero), spot = t => squeeze(t) / scale;
  function measure(clock) {
    zero = at(run.task.started ?? run.task.created);
    const over = isOver(run), end = Math.max(zero + 200, over ? Math.max(...run.steps.map(s => at(s.finished) ?? 0)) : clock);
    folded = folds(run, end);
    const length = squeeze(end) * (over ? 1.01 : 1.06);
    step = NICE.find(n => length / n <= 7) ?? 864e5;
    scale = over ? length : Math.ceil(length / step) * step;
    if (drawn === (drawn = `${scale} ${folded.map(f => f.keep)}`)) return;
    const marks = Array.from({ length: 9 }, (_, i) => zero + i * step).filter(t => squeeze(t) <= scale && !folded.some(f => t > f.from && t < f.to));
    put(ticks, marks.map(t => h('span', { class: spot(t) > .97 && 'last', vars: { x: spot(t) } }, step < 1000 || t - zero >= 6e4 ? span(t - zero) : (t - zero) / 1000 + '\u202fs')));
    place(el, { grid: folded.length ? 2 : step / scale });
  }

  // ---- rows --------------------------------------------------------------------------------------------------------
  function entries() {
    return run.steps.flatMap(s => {
      const kids = s.children ?? [], fold = () => { open.has(s.name) ? open.delete(s.name) : open.add(s.name); draw(); };
      const seen = (s.items?.total ?? kids.length) <= SHOWN || open.has(s.name) ? [...kids] : kids.filter((c, i) => troubled(c) || chosen === `${s.name}.${c.index}`).slice(0, 12), rest = kids.filter(c => !seen.includes(c));
      return [{ id: s.name, of: s, name: s.title, kind: s.items ? `${s.kind} ×${s.items.total}` : s.kind }, ...seen.sort((a, b) => a.index - b.index).map(c => ({ id: `${s.name}.${c.index}`, of: c, name: c.label, kind: c.tries?.length > 1 ? c.tries.length + ' tries' : '' })),
        (rest.length || open.has(s.name)) && { id: s.name + '.*', rest, name: rest.length ? (seen.length ? rest.length + ' more' : many(rest.length, 'call')) : 'Show fewer', kind: rest.length ? 'show' : '', fold }].filter(Boolean);
    });
  }
  function row(e) {
    if (rows.has(e.id)) return rows.get(e.id);
    const shape = h('span'), name = h('span.name'), kind = h('span.kind'), lane = h('div.lane'), took = h('span.n'), button = h('button.row', { onclick: () => (r.fold ? r.fold() : pick(e.id, true)) }, shape, name, kind);
    const r = { id: e.id, shape, name, kind, lane, took, button, el: h('li.step', { 'data-in': e.of?.label != null || !!e.fold, 'data-fold': !!e.fold }, button, lane, took) };
    rows.set(e.id, r);
    return r;
  }
  const part = (p, more) => h('i.part', { 'data-k': p.kind, title: [p.note, span(p.to - p.from)].filter(Boolean).join(', '), vars: { x: spot(p.from), w: Math.max(.0015, spot(p.to) - spot(p.from)), ...more } }, folded.some(f => p.from <= f.from && p.to >= f.to) && h('em', span(p.to - p.from)));
  // Folded calls share one lane, each in the first free track, so that how many ran at a time is seen.
  function tracks(kids, clock) {
    const free = [], list = kids.flatMap(c => {
      const all = pieces(c, clock), i = free.findIndex(t => t <= all[0]?.from + 1), use = i < 0 ? Math.min(free.length, 5) : i;
      if (all.length) free[use] = all.at(-1).to;
      return all.map(p => [p, use]);
    });
    return list.map(([p, i]) => part(p, { i, n: Math.max(2, free.length) }));
  }
  function one(e, clock) {
    const r = rows.get(e.id), { of } = e, state = of ? stateOf(of, clock) : '', moving = of ? state === 'running' || state === 'held' : e.rest.some(c => !c.finished), key = [state, drawn, e.rest?.length, of?.tries?.length, of?.finished, moving && clock].join();
    r.fold = e.fold;
    write(r.name, e.name); write(r.kind, e.kind); r.button.setAttribute('aria-pressed', e.id === chosen);
    if (key === r.key) return;
    r.key = key;
    if (of && r.el.dataset.s !== work(state)[0]) { put(r.shape, glyph(r.el.dataset.s = work(state)[0])); }
    put(r.lane, of?.items ? of.started && part({ kind: 'bracket', from: at(of.started), to: at(of.finished) ?? clock }) : of ? pieces(of, clock).map(p => part(p)) : tracks(e.rest, clock));
    write(r.took, of?.started ? span(of.ms ?? (at(of.finished) ?? clock) - at(of.started)) : '');
  }
  function draw(clock = draw.clock) {
    draw.clock = clock;
    measure(clock);
    const list = entries(), ids = list.map(e => e.id);
    if (ids.join() !== order) {
      order = ids.join();
      const focus = document.activeElement;
      for (const [id, r] of rows) if (!ids.includes(id)) { r.el.remove(); rows.delete(id); }
      list.forEach((e, i) => { const r = row(e); if (body.children[i] !== r.el) body.insertBefore(r.el, body.children[i] ?? null); });
      if (body.contains(focus)) focus.focus({ preventScroll: true });
    }
    for (const e of list) one(e, clock);
    now.hidden = isOver(run);
    place(now, { x: Math.max(0, spot(clock)) });
  }
  return {
    el, draw(next, clock, id) { run = next; chosen = id; draw(clock); },
    /** Goes to the row before or after the focused or chosen one. */
    walk(by) {
      const list = order.split(',').map(id => rows.get(id)), i = list.findIndex(r => r.button === document.activeElement), from = i < 0 ? list.findIndex(r => r.id === chosen) : i, next = list[Math.max(0, Math.min(list.length - 1, from + by))];
      next.button.focus();
      if (!next.fold) pick(next.id);
    },
  };
}
