// The live table of calls: only rows on screen exist and are recycled, so focus stays on the grid.
import { command, h, pill, place, put, spot, time, tries, TICKS } from './ui.js';
import { outcome, span } from './words.js';

const ROW = 34, SPARE = 8;
const cell = (kind, ...list) => h('span' + kind, { role: 'gridcell' }, list);
const column = ([text, kind]) => h('span', { role: 'columnheader', class: kind }, text);
const HEADS = [['Time'], ['Outcome'], ['Operation'], ['Asked by', 'wide'], ['Tries', 'mid']];

function head() {
  const ticks = TICKS.map(([at, text]) => h('i', { vars: { at } }, text));
  return h('div.vhead', { role: 'row' }, HEADS.map(column),
    h('span.dots.mid', { role: 'columnheader', 'aria-label': 'Latency' }, ticks), column(['Took', 'n']));
}
function cells(c) {
  const [shape, word] = outcome(c.outcome), status = c.status ?? 'no answer';
  return [
    cell('.dim', time(c.at)),
    cell('', pill([shape, [status, shape !== 'ok' && h('span.word', ' ' + word.toLowerCase())]])),
    cell('', h('b', c.provider), '.' + c.operation), cell('.wide.dim', c.task ? 'task ' + (c.step ?? '') : c.caller),
    cell('.mid', tries(c.tries)), cell('.dots.mid', h('i', { 'data-s': shape, vars: { at: spot(c.ms) } })), cell('.n', span(c.ms)),
  ];
}

/**
 * A grid over `data()`, an array of calls, of which `active()` is the index of the chosen one.
 * `choose(index)` is told of a click, `near(index)` of the last row drawn, `clear` stands in an empty filter.
 */
export function grid({ data, active, choose, near, clear }) {
  const body = h('div.vbody', { role: 'rowgroup' }), none = h('div.empty'), pool = [];
  const el = h('div.vscroll', { role: 'grid', tabindex: 0, 'aria-label': 'Calls' }, head(), body, none);
  const extend = n => {
    while (pool.length < n)
      pool.push(body.appendChild(h('div.vrow', { role: 'row', onclick: event => choose(event.currentTarget.index) })));
  };
  function row(el, i, c) {
    place(el, { y: i * ROW + 'px' });
    el.setAttribute('aria-rowindex', i + 2);
    el.setAttribute('aria-selected', i === active());
    if (el.call === c) return;
    el.call = c;
    el.id = c.id;
    el.classList.toggle('fresh', !!c.fresh);
    c.fresh = false;
    put(el, cells(c));
  }
  function drawNone(count) {
    none.hidden = count > 0;
    const act = clear();
    put(none, act ? ['No call fits this filter.', h('button.btn', { onclick: act }, 'Clear the filter')]
      : command('footing call PROVIDER.OPERATION'), h('div.ground'));
  }
  function draw() {
    const rows = data(), top = Math.max(0, Math.floor(el.scrollTop / ROW) - SPARE / 2);
    const shown = Math.max(0, Math.min(rows.length - top, Math.ceil(el.clientHeight / ROW) + SPARE));
    place(body, { rows: rows.length * ROW + 'px' });
    el.setAttribute('aria-rowcount', rows.length + 1);
    extend(shown);
    pool.forEach((line, j) => {
      line.index = top + j;
      line.hidden = j >= shown;
      if (!line.hidden) row(line, line.index, rows[line.index]);
    });
    el.setAttribute('aria-activedescendant', rows[active()]?.id ?? '');
    drawNone(rows.length);
    near(top + shown);
  }
  /** Scrolls as little as needed to show row `i` under the head. */
  function reveal(i) {
    const y = i * ROW, bottom = el.scrollTop + el.clientHeight;
    if (y < el.scrollTop) el.scrollTop = y;
    else if (y + ROW * 2 > bottom) el.scrollTop = y + ROW * 2 - el.clientHeight;
  }
  el.addEventListener('scroll', draw, { passive: true });
  return { el, draw, reveal };
}
