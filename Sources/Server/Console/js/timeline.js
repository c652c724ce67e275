// The swimlane of a task: a row a step, equal calls folded, waits hatched, failed tries with a wall, a line for now.
import { glyph, h, place, put, write } from './ui.js';
import { many, span, work } from './words.js';
import { troubled } from './object.js';
import { at, folds, isOver, pieces, stateOf } from './run.js';

const SHOWN = 8, TROUBLED = 12, TRACKS = 6;
const NICE = [100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 18e5, 36e5, 72e5, 216e5, 864e5];

/** Time to place: long waits are folded; while a task runs the scale jumps, it does not creep. */
function scaling() {
  let zero, scale, step, folded = [];
  const inside = (t, f) => Math.max(0, Math.min(1, (t - f.from) / (f.to - f.from)));
  const squeeze = t => folded.reduce((x, f) => x - inside(t, f) * (f.to - f.from - f.keep), t - zero);
  const spot = t => squeeze(t) / scale;
  function measure(run, clock) {
    zero = at(run.task.started ?? run.task.created);
    const over = isOver(run), ends = run.steps.map(s => at(s.finished) ?? 0);
    const end = Math.max(zero + 200, over ? Math.max(...ends) : clock);
    folded = folds(run, end);
    const length = squeeze(end) * (over ? 1.01 : 1.06);
    step = NICE.find(n => length / n <= 7) ?? 864e5;
    scale = over ? length : Math.ceil(length / step) * step;
    return `${scale} ${folded.map(f => f.keep)}`;
  }
  const label = t => (t > zero && (step < 1000 || t - zero >= 6e4) ? span(t - zero) : (t - zero) / 1000 + '\u202fs');
  const ticks = () => Array.from({ length: 9 }, (_, i) => zero + i * step)
    .filter(t => squeeze(t) <= scale && !folded.some(f => t > f.from && t < f.to))
    .map(t => h('span', { class: spot(t) > .97 && 'last', vars: { x: spot(t) } }, label(t)));
  const covers = p => folded.some(f => p.from <= f.from && p.to >= f.to);
  return { spot, measure, ticks, covers, pitch: () => (folded.length ? 2 : step / scale) };
}

/** The rows of a run: its steps, the calls in them worth a row, and one row for the rest. */
function entries(run, open, chosen) {
  const item = s => c =>
    ({ id: `${s.name}.${c.index}`, of: c, name: c.label, kind: c.tries?.length > 1 ? c.tries.length + ' tries' : '' });
  function rest(s, seen, rest) {
    if (!rest.length && !open.has(s.name)) return [];
    const name = !rest.length ? 'Show fewer' : seen.length ? rest.length + ' more' : many(rest.length, 'call');
    return [{ id: s.name + '.*', rest, name, kind: rest.length ? 'show' : '', fold: s.name }];
  }
  return run.steps.flatMap(s => {
    const all = s.children ?? [], whole = (s.items?.total ?? all.length) <= SHOWN || open.has(s.name);
    const worth = c => troubled(c) || chosen === `${s.name}.${c.index}`;
    const seen = whole ? [...all] : all.filter(worth).slice(0, TROUBLED);
    return [{ id: s.name, of: s, name: s.title, kind: s.items ? `${s.kind} ×${s.items.total}` : s.kind },
      ...seen.sort((a, b) => a.index - b.index).map(item(s)), ...rest(s, seen, all.filter(c => !seen.includes(c)))];
  });
}

/** `pick(id)` is told which row was chosen: "rents" or "rents.12". */
export function timeline(pick) {
  const ticks = h('div.ticks'), now = h('i.nowline'), body = h('ol'), rows = new Map(), open = new Set(), scale = scaling();
  const el = h('section.fall', { 'aria-label': 'Timeline of steps' },
    h('div.fall-head', h('span', 'Step'), ticks, h('span.n', 'Took')), body, h('div.overlay', h('div', now)));
  let run, time, chosen = '', order = '', drawn = '';

  function press(r) {
    if (!r.fold) return pick(r.id, true);
    if (!open.delete(r.fold)) open.add(r.fold);
    draw();
  }
  function row(e) {
    if (rows.has(e.id)) return rows.get(e.id);
    const r = { id: e.id, shape: h('span'), name: h('span.name'), kind: h('span.kind'), lane: h('div.lane'), took: h('span.n') };
    r.button = h('button.row', { onclick: () => press(r) }, r.shape, r.name, r.kind);
    r.el = h('li.step', { 'data-in': e.of?.label != null || !!e.fold, 'data-fold': !!e.fold }, r.button, r.lane, r.took);
    rows.set(e.id, r);
    return r;
  }

  // ---- lanes -----------------------------------------------------------------------------------------------------------
  function part(p, more) {
    const x = scale.spot(p.from), w = Math.max(.0015, scale.spot(p.to) - x), took = span(p.to - p.from);
    return h('i.part', { 'data-k': p.kind, title: [p.note, took].filter(Boolean).join(', '), vars: { x, w, ...more } },
      scale.covers(p) && h('em', took));
  }
  /** Folded calls share one lane, each in the first free track, so that how many ran at a time is seen. */
  function tracks(calls) {
    const free = [], list = calls.flatMap(c => {
      const all = pieces(c, time), i = free.findIndex(t => t <= all[0]?.from + 1);
      const track = i < 0 ? Math.min(free.length, TRACKS - 1) : i;
      if (all.length) free[track] = all.at(-1).to;
      return all.map(p => [p, track]);
    });
    return list.map(([p, i]) => part(p, { i, n: Math.max(2, free.length) }));
  }
  function lane({ of, rest }) {
    if (!of) return tracks(rest);
    if (!of.items) return pieces(of, time).map(p => part(p));
    return of.started && part({ kind: 'bracket', from: at(of.started), to: at(of.finished) ?? time });
  }
  function drawRow(e) {
    const r = rows.get(e.id), { of, rest } = e, state = of ? stateOf(of, time) : '';
    const moving = of ? state === 'running' || state === 'held' : rest.some(c => !c.finished);
    const key = [state, drawn, rest?.length, of?.tries?.length, of?.finished, moving && time].join();
    r.fold = e.fold;
    write(r.name, e.name);
    write(r.kind, e.kind);
    r.button.setAttribute('aria-pressed', e.id === chosen);
    if (key === r.key) return;
    r.key = key;
    const [shape] = work(state);
    if (of && r.el.dataset.s !== shape) put(r.shape, glyph(r.el.dataset.s = shape));
    put(r.lane, lane(e));
    write(r.took, of?.started ? span(of.ms ?? (at(of.finished) ?? time) - at(of.started)) : '');
  }

  // ---- the whole -------------------------------------------------------------------------------------------------------
  function arrange(list) {
    const ids = list.map(e => e.id), focus = document.activeElement;
    if (ids.join() === order) return;
    order = ids.join();
    for (const [id, r] of rows) if (!ids.includes(id)) { r.el.remove(); rows.delete(id); }
    list.forEach((e, i) => {
      const r = row(e);
      if (body.children[i] !== r.el) body.insertBefore(r.el, body.children[i] ?? null);
    });
    if (body.contains(focus)) focus.focus({ preventScroll: true });
  }
  function draw() {
    if (drawn !== (drawn = scale.measure(run, time))) {
      put(ticks, scale.ticks());
      place(el, { grid: scale.pitch() });
    }
    const list = entries(run, open, chosen);
    arrange(list);
    list.forEach(drawRow);
    now.hidden = isOver(run);
    place(now, { x: Math.max(0, scale.spot(time)) });
  }
  return {
    el,
    draw(next, clock, id) { run = next; time = clock; chosen = id; draw(); },
    /** Goes to the row before or after the focused or chosen one. */
    walk(by) {
      const list = order.split(',').map(id => rows.get(id)), i = list.findIndex(r => r.button === document.activeElement);
      const from = i < 0 ? list.findIndex(r => r.id === chosen) : i;
      const next = list[Math.max(0, Math.min(list.length - 1, from + by))];
      next.button.focus();
      if (!next.fold) pick(next.id);
    },
  };
}
