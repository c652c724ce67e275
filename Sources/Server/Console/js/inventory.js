// The inventory in force: what became of the last change of its files, and what is kept of providers' answers.
import { ask, get, on } from './data.js';
import { command, glyph, h, held, keyed, lead, link, loud, pill, put, section, table, time, todo, write } from './ui.js';
import { say, settle, toast } from './shell.js';
import { age, count, many, title } from './words.js';

const size = n => (n < 1000 ? `${n}\u202fB` : n < 1e6 ? `${(n / 1000).toFixed(1)}\u202fKB` : `${(n / 1e6).toFixed(1)}\u202fMB`);
const errors = r => r.refused?.findings.filter(f => f.includes(': error: ')).length ?? 0;

// ---- the files -------------------------------------------------------------------------------------------------------
function sentence(r) {
  if (r.refused) return `The files have ${many(errors(r), 'error')}; the last good inventory stays in force.`;
  return r.warnings.length ? `The inventory is in force, with ${many(r.warnings.length, 'warning')}.` : 'The inventory is in force as its files say.';
}
/** `file:line:column: error: message` with its place apart. */
function finding(text) {
  const [, place, kind, message] = /^(\S+?:\d+:\d+): (error|warning): ([\s\S]*)$/.exec(text) ?? [null, '', 'warning', text];
  return h('li.row', glyph(kind === 'error' ? 'fail' : 'warn'), h('span.two', h('b', message), h('small', place)));
}
const list = findings => h('ul.findings', findings.map(finding));
const refused = r => section('Refused', 'the files as they are now', null,
  h('p', 'Read ', time(r.refused.at, age(r.refused.at)), '. Nothing of it is in force.'), list(r.refused.findings),
  todo('Correct the places named, or put the files back; they are read again by themselves. ', command('footing check')));
const good = r => section('In force', null, null,
  h('p', r.last ? ['Taken over ', time(r.last, age(r.last)), `, the ${many(r.reloads, 'change')} since the server was started.`]
    : 'As the server found it when it was started.'),
  r.warnings.length ? list(r.warnings) : h('p.row', pill(['ok', 'No warnings'])));

// ---- the cache -------------------------------------------------------------------------------------------------------
const HEADS = ['Provider', ['Kept', 'n'], ['Size', 'n wide'], ['From the cache', 'n'], ['Asked', 'n'], ['Shared', 'n wide'],
  ['Confirmed', 'n wide'], ['Stale', 'n wide'], ''];
const forget = (name, act) => h('button.quiet', { 'data-write': 'cache', onclick: act, 'aria-label': `Forget what is kept of ${title(name)}` }, 'Forget');
const row = purge => c => h('tr',
  h('td', link('/providers/' + c.name, title(c.name))), h('td.n', count(c.entries)), h('td.n.wide', size(c.bytes)),
  h('td.n', count(c.hits)), h('td.n', count(c.misses)), h('td.n.wide', loud(c.collapsed)), h('td.n.wide', loud(c.revalidated)),
  h('td.n.wide', loud(c.stale)), h('td.n', c.entries > 0 && forget(c.name, () => purge(c.name))));

export default async function page({ signal }) {
  let [report, census] = await Promise.all([get('/v1/inventory', signal), get('/v1/cache', signal)]), print;
  const said = h('h1'), files = h('div.stack'), body = h('tbody'), kept = h('p'), all = h('span');
  async function purge(name) {
    const path = '/v1/cache' + (name ? '/' + encodeURIComponent(name) : '');
    const answer = await ask(path, { method: 'DELETE', headers: { 'X-Footing-Request': '1' } }).catch(problem => problem);
    if (answer.removed === undefined) return toast(answer.detail ?? 'That did not work.', 'fail');
    toast(`${many(answer.removed, 'answer')} forgotten.`);
    await look();
  }
  const look = () => get('/v1/cache', signal).then(next => { census = next; draw(true); }, () => {});
  function draw(acted) {
    write(said, sentence(report));
    say(said.textContent);
    const now = JSON.stringify(report);
    if (now !== print) put(files, report.refused && refused(report), good(report));
    print = now;
    write(kept, `${many(census.entries, 'answer')} kept, ${size(census.bytes)} of ${size(census.limits.bytes)}.`);
    if (acted || !held(body)) keyed(body, census.providers, 'name', row(purge));
    put(all, census.entries > 0 && h('button.quiet', { 'data-write': 'cache', onclick: () => purge() }, 'Forget all'));
    settle();
  }
  draw();
  on('overview', items => { report = items.at(-1).inventory ?? report; draw(); }, signal);
  const timer = setInterval(look, 5000);
  signal.addEventListener('abort', () => clearInterval(timer));
  return {
    title: 'Inventory',
    nodes: [lead(said, h('p', 'Files under footing/ are read again when they change, checked as a whole, and taken over at once or not at all.')),
      h('div.gap'), h('div.stack', files, section('Cache', 'answers given to later callers, counted since the start', all, kept, census.providers.length
        ? table(HEADS, body)
        : h('p.dim', 'Nothing is kept: no operation that was called has cache rules.')))],
  };
}
