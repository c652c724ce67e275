// One task: what it does this second, where it broke. The journal is read once and then followed.
import { h, put, write, keyed, held, bytes, clock, span, time, ran } from './dom.js';
import { get, post, follow } from './api.js';
import { live, on } from './live.js';
import { command, facts, fold, glyph, icon, json, pill, section, tryTable, who } from './parts.js';
import { go, href, setQuery } from './router.js';
import { say, settle, toast } from './shell.js';
import { answer, event as line, step as words, task as sentence, troubled, work } from './words.js';
import { apply, begin, isOver, stateOf } from './run.js';
import { timeline } from './timeline.js';

const KEPT = 250, FINAL = ['task.finished', 'task.failed', 'task.cancelled'];
const TYPES = [...FINAL, 'task.queued', 'task.started', 'task.resumed', 'step.started', 'step.progress', 'step.skipped', 'step.finished', 'step.failed', 'item.started', 'item.finished', 'call.try', 'artifact.published'];

export default async function page({ id, query, signal }) {
  const api = '/v1/tasks/' + encodeURIComponent(id), key = crypto.randomUUID?.(), read = () => Promise.all([get(api, signal), get(api + '/files', signal).catch(() => ({ files: [] }))]);
  let [answered, { files }] = await read(), run = begin(answered), picked = query.get('step') ?? run.steps.find(s => s.state === 'failed')?.name ?? '', frame, again, print, shown, spoke = 0, noted = 0, before;

  const heading = h('h1'), badge = h('span'), said = h('p.nowsay'), figures = h('dl.facts'), actions = h('div.actions'), aside = h('aside.detail', { 'aria-label': 'Step' });
  const log = h('ol.journal', { tabindex: 0, 'aria-label': 'Journal, newest first' }), shelf = h('ul.files'), cancel = h('button.btn', { 'data-write': '', onclick: stop }, 'Cancel task');
  const chart = timeline((to, hand) => { choose(to); if (hand && innerWidth < 1280) aside.scrollIntoView({ block: 'nearest' }); });

  async function stop() {
    cancel.dataset.write = 'busy'; settle();
    try { Object.assign(run.task, await post(api + '/cancel', undefined, key)); toast('The running step is told to stop; finished steps are kept.', 'hold'); } catch (problem) { toast(problem.title + ' Nothing was cancelled.', 'fail'); }
    cancel.dataset.write = ''; settle(); tick(true);
  }
  function head() {
    const t = run.task, again = t.calls?.retried;
    write(heading, t.title); write(said, sentence(t, run.steps));
    if (shown !== (shown = t.state)) { put(badge, pill(work(t.state), true)); put(actions, !isOver(run) && cancel); settle(); say(said.textContent); }
    const list = [[isOver(run) ? 'Took' : 'Running for', span(ran(t))], ['Steps', `${t.progress?.done ?? 0} of ${t.progress?.total ?? run.steps.length}`], ['Calls', `${t.calls?.made ?? 0}${again ? `, ${again} retried` : ''}`], ['Started', clock(t.started ?? t.created)], ['Attempt', t.attempt], ['Recipe', t.recipe], ['Task', t.id]];
    if (!figures.firstChild) put(figures, list.map(() => h('div', h('dt'), h('dd'))));
    list.forEach((row, i) => row.forEach((x, j) => write(figures.children[i].children[j], x)));
  }

  // ---- a step, a call of it, or the task -----------------------------------------------------------------------------
  function choose(to) { picked = to; setQuery({ step: to }); print = ''; tick(true); }
  const problem = p => h('div.next', who(p.source, p.provider), h('p', h('b', p.title), p.detail !== p.title && ' ' + (p.detail ?? '')), h('p.dim', h('code', p.code), p.request_id && [' request ', h('code', p.request_id)]));
  function detail(now) {
    const parent = run.steps.find(s => picked.startsWith(s.name + '.')), x = parent ? parent.children?.find(c => picked === `${parent.name}.${c.index}`) : run.steps.find(s => s.name === picked), t = run.task, state = x && stateOf(x, now);
    const print2 = JSON.stringify([picked, state, x?.tries?.length, x?.items, x?.ms, t.state]);
    if (print2 === print || (print && held(aside))) return;
    print = print2;
    if (!x) return put(aside, h('h2', 'The task'), t.problem && problem(t.problem), h('p', 'Choose a step to see what it did.'), fold('Input', json(t.input ?? {}), true), t.result != null && fold('Result', json(t.result), true), command('footing task show ' + t.id));
    const call = x.call ?? parent?.call, [provider] = call?.split('.') ?? [], bad = x.children?.filter(troubled) ?? [], to = `/calls?task=${t.id}${call ? `&provider=${provider}&operation=${call.slice(provider.length + 1)}` : ''}`;
    put(aside, h('header', h('div.row', h('h2', x.title ?? x.label), pill(work(state), true)), h('p.dim', h('code', call ?? x.name))), h('p', words({ ...x, kind: x.kind ?? parent?.kind, state })), x.problem && problem(x.problem), tryTable(x.tries, provider),
      bad.length > 0 && h('ul', bad.slice(0, 12).map(c => h('li.row', h('button.quiet', { onclick: () => choose(`${x.name}.${c.index}`) }, c.label), h('span.dim', answer(c.tries?.[0] ?? c)), h('span.push', span(c.ms))))),
      facts([['started', x.started && time(x.started, clock(x.started, true))], ['finished', x.finished && time(x.finished, clock(x.finished, true))]]),
      h('div.row.wrap', call && x.started && h('a', { href: href(to) }, 'See the calls'), h('button.quiet', { onclick: () => choose('') }, 'The whole task')), command('footing task show ' + t.id));
  }

  // ---- journal and files ---------------------------------------------------------------------------------------------
  function note(e) {
    const [shape, of, text] = line(e), top = log.scrollTop, height = log.scrollHeight;
    if (e.n <= noted) return;
    noted = e.n;
    log.prepend(h('li', h('span.dim', '#' + e.n), time(e.at, clock(e.at, true)), glyph(shape), h('b', of), h('span.txt', { title: text }, text)));
    if (log.children.length > KEPT) log.lastChild.remove();
    if (top > 4) log.scrollTop = top + log.scrollHeight - height; // what is being read stays where it is
  }
  function drawFiles() {
    const link = f => `${api}/files/${encodeURIComponent(f.name)}`;
    keyed(shelf, files.length ? files : [{ name: '' }], 'name', f => (f.name ? h('li.row', icon('file'), h('a', { href: link(f), download: f.name }, f.name), h('span.dim', bytes(f.size)), /pdf|svg/.test(f.type) && h('a.quiet', { href: link(f) + '?inline=1', target: '_blank', 'aria-label': `Open ${f.name} in a new tab` }, 'Open')) : h('li.row.dim', 'Files appear here as steps finish.')));
  }

  // ---- time ----------------------------------------------------------------------------------------------------------
  function tick(all) {
    const now = isOver(run) ? Date.parse(run.task.finished) : Date.now();
    chart.draw(run, now, picked);
    if (all || now - spoke > 250) { spoke = now; head(); detail(now); }
  }
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  function loop() { if (signal.aborted || isOver(run)) return; if (!live.paused && !document.hidden) tick(); frame = setTimeout(() => requestAnimationFrame(loop), calm ? 1000 : 0); }
  // The snapshot of the server replaces what events said, when it is not older.
  const check = () => { clearTimeout(again); again = setTimeout(() => read().then(([t, f]) => { files = f.files; drawFiles(); if ((t.last_event ?? 0) >= run.last) run = { ...begin(t), gaps: run.gaps, last: Math.max(run.last, t.last_event ?? 0) }; tick(true); }, () => {}), 300); };
  function take(type, data, n) {
    const e = { ...data, type, n }; // the stream's own number and type: a try has an n, a file a type of its own
    if (type === 'task.resumed') run.gaps.push([Date.parse(before), Date.parse(e.at)]);
    before = e.at;
    note(e);
    if (n > run.last && /^(task|artifact)|^step\.f/.test(type)) check();
    apply(run, e);
    if (FINAL.includes(type)) { stream.close(); tick(true); }
  }
  let stream, timer;
  signal.addEventListener('abort', () => { clearTimeout(frame); clearTimeout(again); });
  on('tasks', items => { const t = items.findLast(x => x.id === id); if (t) Object.assign(run.task, (t.last_event ?? 0) >= run.last ? t : { calls: t.calls }); }, signal);
  addEventListener('footing:row', event => { event.preventDefault(); chart.walk(event.detail); }, { signal });
  document.addEventListener('visibilitychange', () => { clearTimeout(timer); if (document.hidden) timer = setTimeout(stream.close, 30000); else if (!isOver(run)) stream.open(); }, { signal });
  document.addEventListener('keydown', event => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && event.target.closest('.fall')) { event.preventDefault(); chart.walk(by); } else if (event.key === 'Escape' && !event.target.closest('dialog')) picked ? choose('') : go(href('/tasks'));
  }, { signal });
  return {
    title: run.task.title, crumb: run.task.recipe,
    nodes: [h('header.taskhead', h('div', h('div.row', heading, badge), said), actions), figures, h('div.taskgrid', h('div.stack', chart.el, h('div.below', section('Journal', 'numbered, kept, the same in every view', null, log), section('Files', null, null, shelf))), aside)],
    shown() { tick(true); drawFiles(); stream = follow(api + '/events', TYPES, take, { signal, resume: true, status: s => s === 'lost' && isOver(run) && stream.close() }); loop(); },
  };
}
