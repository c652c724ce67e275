// One task: what it does this second, where it broke. The journal is read once and then followed.
import { follow, get, live, newKey, on, post, sleepWhenHidden } from './data.js';
import { command, glyph, h, held, href, icon, keyed, link, pill, put, section, time, who, write } from './ui.js';
import { go, setQuery } from './main.js';
import { say, settle, toast } from './shell.js';
import { clock, ran, span, work } from './words.js';
import { answer, facts, fold, json, troubled, tryTable } from './object.js';
import { apply, begin, happened, isOver, line, nowOf, stateOf } from './run.js';
import { timeline } from './timeline.js';

const KEPT = 250, FINAL = ['task.finished', 'task.failed', 'task.cancelled'];
const TYPES = [...FINAL, 'task.queued', 'task.started', 'task.resumed', 'step.started', 'step.progress', 'step.skipped',
  'step.finished', 'step.failed', 'item.started', 'item.finished', 'call.try', 'artifact.published'];
const address = id => '/v1/tasks/' + encodeURIComponent(id);
const bytes = n => (n < 1000 ? n + '\u202fB'
  : n < 999500 ? Math.round(n / 1000) + '\u202fKB' : (n / 1e6).toFixed(1) + '\u202fMB');

/** The head: name, state, what it does now, its figures. */
function headOf(cancel) {
  const heading = h('h1'), badge = h('span'), said = h('p.nowsay'), figures = h('dl.facts'), actions = h('div.actions');
  let shown;
  function numbers({ task: t, steps }, over) {
    const again = t.calls?.retried, { done, total } = t.progress ?? {};
    return [[over ? 'Took' : 'Running for', span(ran(t))], ['Steps', `${done ?? 0} of ${total ?? steps.length}`],
      ['Calls', `${t.calls?.made ?? 0}${again ? `, ${again} retried` : ''}`], ['Started', clock(t.started ?? t.created)],
      ['Attempt', t.attempt], ['Recipe', t.recipe], ['Task', t.id]];
  }
  function draw(run) {
    const t = run.task, over = isOver(run), list = numbers(run, over);
    write(heading, t.title);
    write(said, nowOf(t, run.steps));
    if (shown !== (shown = t.state)) {
      put(badge, pill(work(t.state), true));
      put(actions, !over && cancel);
      settle();
      say(said.textContent);
    }
    if (!figures.firstChild) put(figures, list.map(() => h('div', h('dt'), h('dd'))));
    list.forEach((row, i) => row.forEach((x, j) => write(figures.children[i].children[j], x)));
  }
  return { el: [h('header.taskhead', h('div', h('div.row', heading, badge), said), actions), figures], draw };
}

// ---- a step, a call of it, or the task -------------------------------------------------------------------------------
const problem = p => h('div.next', who(p.source, p.provider),
  h('p', h('b', p.title), p.detail !== p.title && ' ' + (p.detail ?? '')),
  h('p.dim', h('code', p.code), p.request_id && [' request ', h('code', p.request_id)]));
const stamp = at => at && time(at, clock(at, true));
const show = t => command('footing task show ' + t.id);
const wholeTask = t => [
  h('h2', 'The task'), t.problem && problem(t.problem), h('p', 'Choose a step to see what it did.'),
  fold('Input', json(t.input ?? {}), true), t.result != null && fold('Result', json(t.result), true), show(t),
];
function oneStep(x, parent, state, { task, calls }, choose) {
  const call = calls[(parent ?? x).name], [provider] = call?.split('.') ?? [], bad = x.children?.filter(troubled) ?? [];
  const to = call && `/calls?task=${task.id}&provider=${provider}&operation=${call.slice(provider.length + 1)}`;
  const again = c => h('li.row', h('button.quiet', { onclick: () => choose(`${x.name}.${c.index}`) }, c.label),
    h('span.dim', answer(c.tries?.[0] ?? c)), h('span.push', span(c.ms)));
  return [
    h('header', h('div.row', h('h2', x.title ?? x.label), pill(work(state), true)), h('p.dim', h('code', call ?? x.name))),
    h('p', happened({ ...x, kind: x.kind ?? parent?.kind, state })), x.problem && problem(x.problem), tryTable(x.tries, provider),
    bad.length > 0 && h('ul', bad.slice(0, 12).map(again)),
    facts([['started', stamp(x.started)], ['finished', stamp(x.finished)]]),
    h('div.row.wrap', call && x.started && link(to, 'See the calls'),
      h('button.quiet', { onclick: () => choose('') }, 'The whole task')), show(task),
  ];
}
/** The panel beside the timeline; it is left alone while a person works in it. */
function detailOf(choose) {
  const el = h('aside.detail', { 'aria-label': 'Step' });
  let print;
  function draw(run, picked, now, fresh) {
    const { calls, steps, task } = run;
    const parent = steps.find(s => picked.startsWith(s.name + '.'));
    const x = parent ? parent.children?.find(c => picked === `${parent.name}.${c.index}`) : steps.find(s => s.name === picked);
    const state = x && stateOf(x, now), next = JSON.stringify([picked, state, calls, x?.tries?.length, x?.items, x?.ms, task.state]);
    if (!fresh && (next === print || (print && held(el)))) return;
    print = next;
    put(el, x ? oneStep(x, parent, state, run, choose) : wholeTask(task));
  }
  return { el, draw };
}

// ---- journal and files -----------------------------------------------------------------------------------------------
function journal() {
  const el = h('ol.journal', { tabindex: 0, 'aria-label': 'Journal, newest first' });
  let noted = 0;
  function note(e) {
    if (e.n <= noted) return;
    noted = e.n;
    const [shape, of, text] = line(e), top = el.scrollTop, height = el.scrollHeight;
    el.prepend(h('li', h('span.dim', '#' + e.n), stamp(e.at), glyph(shape), h('b', of), h('span.txt', { title: text }, text)));
    if (el.children.length > KEPT) el.lastChild.remove();
    if (top > 4) el.scrollTop = top + el.scrollHeight - height; // what is being read stays where it is
  }
  return { el, note };
}
function file(f, to) {
  const open = { href: to + '?inline=1', target: '_blank', 'aria-label': `Open ${f.name} in a new tab` };
  return h('li.row', icon('file'), h('a', { href: to, download: f.name }, f.name), h('span.dim', bytes(f.size)),
    /pdf|svg/.test(f.type) && h('a.quiet', open, 'Open'));
}
const noFile = () => h('li.row.dim', 'Files appear here as steps finish.');

export default async function page({ id, query, signal }) {
  const api = address(id), key = newKey(), calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const read = () => Promise.all([get(api, signal), get(api + '/files', signal).catch(() => ({ files: [] }))]);
  let [first, { files }] = await read(), run = begin(first), frame, again, spoke = 0, before, stream;
  let picked = query.get('step') ?? run.steps.find(s => s.state === 'failed')?.name ?? '';

  const cancel = h('button.btn', { 'data-write': '', onclick: stop }, 'Cancel task'), head = headOf(cancel);
  const detail = detailOf(choose), log = journal(), shelf = h('ul.files');
  const chart = timeline((to, byHand) => {
    choose(to);
    if (byHand && innerWidth < 1280) detail.el.scrollIntoView({ block: 'nearest' });
  });

  const busy = state => { cancel.dataset.write = state; settle(); };
  async function stop() {
    busy('busy');
    try {
      Object.assign(run.task, await post(api + '/cancel', undefined, key));
      toast('The running step is told to stop; finished steps are kept.', 'hold');
    } catch (problem) { toast(problem.title + ' Nothing was cancelled.', 'fail'); }
    busy('');
    tick(true);
  }
  function choose(to) {
    picked = to;
    setQuery({ step: to });
    tick(true, true);
  }
  const drawFiles = () => keyed(shelf, files.length ? files : [{ name: '' }], 'name',
    f => (f.name ? file(f, `${api}/files/${encodeURIComponent(f.name)}`) : noFile()));

  // ---- time ------------------------------------------------------------------------------------------------------------
  function tick(all, fresh) {
    const now = isOver(run) ? Date.parse(run.task.finished) : Date.now();
    chart.draw(run, now, picked);
    if (!all && now - spoke <= 250) return;
    spoke = now;
    head.draw(run);
    detail.draw(run, picked, now, fresh);
  }
  function loop() {
    if (signal.aborted || isOver(run)) return;
    if (!live.paused && !document.hidden) tick();
    frame = setTimeout(() => requestAnimationFrame(loop), calm ? 1000 : 0);
  }
  /** The snapshot of the server replaces what events said, when it is not older. */
  function adopt([t, answered]) {
    files = answered.files;
    drawFiles();
    const last = t.last_event ?? 0;
    if (last >= run.last) run = begin(t, run);
    tick(true);
  }
  function check() {
    clearTimeout(again);
    again = setTimeout(() => read().then(adopt, () => {}), 300);
  }
  function take(type, data, n) {
    const e = { ...data, type, n }; // the stream's own number and type: a file has a type of its own
    if (type === 'task.resumed') run.gaps.push([Date.parse(before), Date.parse(e.at)]);
    before = e.at;
    log.note(e);
    if (n > run.last && /^(task|artifact)|^step\.f/.test(type)) check();
    apply(run, e);
    if (!FINAL.includes(type)) return;
    stream.close();
    tick(true);
  }
  function press(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && event.target.closest('.fall')) { event.preventDefault(); return chart.walk(by); }
    if (event.key !== 'Escape' || event.target.closest('dialog')) return;
    if (picked) choose('');
    else go(href('/tasks'));
  }
  on('tasks', items => {
    const t = items.findLast(x => x.id === id);
    if (t) Object.assign(run.task, (t.last_event ?? 0) >= run.last ? t : { calls: t.calls });
  }, signal);
  addEventListener('footing:row', event => { event.preventDefault(); chart.walk(event.detail); }, { signal });
  document.addEventListener('keydown', press, { signal });
  signal.addEventListener('abort', () => { clearTimeout(frame); clearTimeout(again); });
  sleepWhenHidden(() => stream.close(), () => isOver(run) || stream.open(), signal);

  const status = state => { if (state === 'lost' && isOver(run)) stream.close(); };
  return {
    title: run.task.title, crumb: run.task.recipe,
    nodes: [head.el, h('div.taskgrid',
      h('div.stack', chart.el, h('div.below',
        section('Journal', 'numbered, kept, the same in every view', null, log.el), section('Files', null, null, shelf))),
      detail.el)],
    shown() {
      tick(true, true);
      drawFiles();
      stream = follow(api + '/events', TYPES, take, { signal, resume: true, status });
      loop();
    },
  };
}
