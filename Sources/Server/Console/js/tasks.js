// All tasks, newest first: what each does this second, how each ended.
import { h, put, write, keyed, age, count, loud, many, span, time, ran } from './dom.js';
import { get, search } from './api.js';
import { on } from './live.js';
import { merge } from './project.js';
import { command, empty, lead, options, progress, segments, table } from './parts.js';
import { href, setQuery } from './router.js';
import { say, toast } from './shell.js';
import { OVER } from './words.js';

const busy = t => !OVER.includes(t.state);
const row = t => h('tr', h('td', h('a.two', { href: href('/tasks/' + t.id) }, h('b', t.title), h('small', t.recipe))), h('td.taskstate', progress(t)), h('td.n.wide', count(t.calls?.made)), h('td.n.wide', loud(t.calls?.retried)), h('td.n', span(ran(t))), h('td.n.dim.wide', time(t.created, age(t.created))));

export default async function page({ query, signal }) {
  const f = { state: query.get('state') ?? '', recipe: query.get('recipe') ?? '' }, read = before => get('/v1/tasks' + search({ ...f, limit: 50, before }), signal);
  let { tasks, next } = await read();
  const fits = t => (!f.recipe || t.recipe === f.recipe) && (!f.state || t.state === f.state || (f.state === 'running' && busy(t)));
  const said = h('h1'), under = h('p'), body = h('tbody'), list = h('div'), grid = table(['Task', 'State', ['Calls', 'n wide'], ['Retried', 'n wide'], ['Took', 'n'], ['Started', 'n wide']], body);
  const load = async (fields, before) => {
    if (fields) { Object.assign(f, fields); setQuery(fields); }
    try { const answer = await read(before); tasks = before ? [...tasks, ...answer.tasks] : answer.tasks; next = answer.next; draw(); } catch (problem) { if (!signal.aborted) toast(problem.title, 'fail'); }
  };
  const seg = segments('State', [['', 'All'], ['running', 'Running'], ['done', 'Done'], ['failed', 'Failed'], ['cancelled', 'Cancelled']], f.state, state => load({ state })), older = h('button.btn', { onclick: () => load(null, next) }, 'Show older tasks');
  const select = h('select.field', { 'aria-label': 'Recipe', 'data-filter': true, onchange: e => load({ recipe: e.target.value }) }, options('All recipes', [...new Set([f.recipe, ...tasks.map(t => t.recipe)])].filter(Boolean).map(r => [r, r]), f.recipe));
  const clear = () => { select.value = ''; seg.querySelector('input').checked = true; load({ state: '', recipe: '' }); };
  function draw() {
    const shown = tasks.filter(fits), on = shown.filter(busy).length, bad = shown.filter(t => t.state === 'failed').length, n = shown.length, filtered = f.state || f.recipe, tick = Math.floor(Date.now() / 1000);
    write(said, !n ? (filtered ? 'No task fits this filter.' : 'No task yet.') : on ? `${many(on, 'task')} at work${bad ? `, ${count(bad)} failed` : ''}.` : `${next ? 'The newest ' : ''}${many(n, 'task')}, ${bad ? count(bad) : 'none'} failed.`);
    write(under, n ? 'Each goes on by itself after a crash; finished steps are never run twice.' : filtered ? 'Clear a filter to see the others.' : 'When your app asks for work that takes longer than a request may, it runs here, step by step.');
    say(said.textContent);
    keyed(body, shown.map(t => (busy(t) ? { ...t, tick } : t)), 'id', row);
    if (!n) put(list, empty(filtered ? h('button.btn', { onclick: clear }, 'Clear the filter') : command('footing task new RECIPE'))); else if (list.firstChild !== grid) put(list, grid);
    older.hidden = !next;
  }
  draw();
  on('tasks', items => { tasks = merge(tasks, items).sort((a, b) => (a.created < b.created ? 1 : -1)); draw(); }, signal);
  const timer = setInterval(() => tasks.some(busy) && draw(), 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
  return { title: 'Tasks', nodes: [lead(said, under), h('div.row.filters', seg, select), list, h('p', older)] };
}
