// All tasks, newest first: what each does this second, how each ended.
import { everySecond, get, merge, newestFirst, on, search } from './data.js';
import { command, empty, h, href, keyed, lead, loud, progress, put, table, time, write } from './ui.js';
import { setQuery } from './main.js';
import { say, toast } from './shell.js';
import { age, count, many, ran, span, OVER } from './words.js';
import { choice, segments } from './object.js';

const STATES = [['', 'All'], ['running', 'Running'], ['done', 'Done'], ['failed', 'Failed'], ['cancelled', 'Cancelled']];
const HEADS = ['Task', 'State', ['Calls', 'n wide'], ['Retried', 'n wide'], ['Took', 'n'], ['Started', 'n wide']];
const busy = t => !OVER.includes(t.state);
const row = t => h('tr', h('td', h('a.two', { href: href('/tasks/' + t.id) }, h('b', t.title), h('small', t.recipe))),
  h('td.taskstate', progress(t)), h('td.n.wide', count(t.calls?.made)), h('td.n.wide', loud(t.calls?.retried)),
  h('td.n', span(ran(t))), h('td.n.dim.wide', time(t.created, age(t.created))));

/** The sentence over the list and the one under it. */
function sentences(list, filtered, more) {
  const at = list.filter(busy).length, bad = list.filter(t => t.state === 'failed').length, n = list.length;
  if (!n && filtered) return ['No task fits this filter.', 'Clear a filter to see the others.'];
  if (!n) return ['No task yet.', 'When your app asks for work that takes longer than a request may, it runs here, step by step.'];
  const ended = `${more ? 'The newest ' : ''}${many(n, 'task')}, ${bad ? count(bad) : 'none'} failed.`;
  return [at ? `${many(at, 'task')} at work${bad ? `, ${count(bad)} failed` : ''}.` : ended,
    'Each goes on by itself after a crash; finished steps are never run twice.'];
}

export default async function page({ query, signal }) {
  const f = { state: query.get('state') ?? '', recipe: query.get('recipe') ?? '' };
  const read = before => get('/v1/tasks' + search({ ...f, limit: 50, before }), signal);
  let { tasks, next } = await read();
  const fits = t => (!f.recipe || t.recipe === f.recipe) && (!f.state || t.state === f.state || (f.state === 'running' && busy(t)));

  async function load(fields, before) {
    Object.assign(f, fields);
    setQuery(fields);
    try {
      const answer = await read(before);
      tasks = before ? [...tasks, ...answer.tasks] : answer.tasks;
      next = answer.next;
      draw();
    } catch (problem) { if (!signal.aborted) toast(problem.title, 'fail'); }
  }
  const said = h('h1'), under = h('p'), body = h('tbody'), list = h('div'), grid = table(HEADS, body);
  const older = h('button.btn', { onclick: () => load({}, next) }, 'Show older tasks');
  const recipes = [...new Set([f.recipe, ...tasks.map(t => t.recipe)])].filter(Boolean).map(r => [r, r]);
  const seg = segments('State', STATES, f.state, state => load({ state }));
  const select = choice('Recipe', 'All recipes', recipes, f.recipe, recipe => load({ recipe }));
  select.dataset.filter = '';
  function clear() {
    select.value = '';
    seg.querySelector('input').checked = true;
    load({ state: '', recipe: '' });
  }
  const none = () => empty(f.state || f.recipe ? h('button.btn', { onclick: clear }, 'Clear the filter')
    : command('footing task new RECIPE'));
  function draw() {
    const shown = tasks.filter(fits), tick = Math.floor(Date.now() / 1000);
    const [first, second] = sentences(shown, f.state || f.recipe, next);
    write(said, first);
    write(under, second);
    say(first);
    keyed(body, shown.map(t => (busy(t) ? { ...t, tick } : t)), 'id', row);
    if (!shown.length) put(list, none());
    else if (list.firstChild !== grid) put(list, grid);
    older.hidden = !next;
  }
  draw();
  on('tasks', items => { tasks = newestFirst(merge(tasks, items), 'created'); draw(); }, signal);
  everySecond(() => tasks.some(busy) && draw(), signal);
  return { title: 'Tasks', nodes: [lead(said, under), h('div.row.filters', seg, select), list, h('p', older)] };
}
