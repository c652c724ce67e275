// Is it working, whose fault is the rest, how long do people wait, may we launch; and what wants a look.
import { h, put, write, keyed, held, count, many, span, time, ran } from './dom.js';
import { get } from './api.js';
import { on } from './live.js';
import { merge, overview } from './project.js';
import { bars, blocks, logAxis, plainBlocks, range } from './charts.js';
import { bar, command, empty, figure, glyph, lead, progress, providerRow, section, table, tries, PROVIDER_HEADS } from './parts.js';
import { href } from './router.js';
import { say } from './shell.js';
import { party, title, provider, verdict, OVER } from './words.js';

const answer = (to, question, value, unit, note, ...end) => h('a.answer', { href: href(to) }, h('h2', question), figure(value, unit), h('p', note), h('div.end', end));
function answers(o, failed, checks) {
  const c = o.calls, ok = c.hour - c.failed, by = { caller: 0, footing: 0, provider: 0 }, vendors = {};
  for (const x of failed) { by[x.who]++; if (x.who === 'provider') vendors[x.provider] = (vendors[x.provider] ?? 0) + 1; }
  const top = list => Object.entries(list).sort((a, b) => b[1] - a[1])[0] ?? [], [who, most] = top(by);
  return [
    answer('/calls', 'Is it working?', c.hour ? (ok / c.hour * 100).toFixed(ok === c.hour ? 0 : 2) + '\u202f%' : '–', 'answered', `${count(ok)} of ${many(c.hour, 'call')} in the last hour`, bars(c.minutes)),
    answer('/calls?outcome=failed', 'Whose fault is the rest?', most ? `${most} of ${failed.length}` : 'Nobody’s', most > 0 && (who === 'provider' ? title(top(vendors)[0]) : party(who)), most ? 'failed calls of the last hour, by who failed' : 'no call failed in the last hour',
      h('div.blame', Object.entries(by).map(([name, n]) => [h('span', party(name)), bar(n / Math.max(1, most), 'fail', `${party(name)}: ${n}`), h('span', n)]))),
    answer('/calls', 'How long do people wait?', span(c.p50_ms), 'half of the time', h('span', { title: 'p95' }, '95 in 100 under ', span(c.p95_ms)), range(c.p50_ms, c.p95_ms), logAxis()),
    answer('/score', 'May we launch?', `${o.score.proven} of ${o.score.of}`, o.score.band, o.score.proven < o.score.of ? `${many(o.score.of - o.score.proven, 'check')} left to prove` : 'every check is proven', checks ? blocks(checks.map(x => verdict(x.verdict)[0])) : plainBlocks(o.score), h('div.ground')),
  ];
}
const look = l => h('li', h('a.row', { href: href(l.to) }, glyph(l.state), h('span', l.text), h('em', l.act)));
const job = t => h('li', h('a', { href: href('/tasks/' + t.id) }, h('span.two', h('b', t.title), h('small', t.recipe)), progress(t), h('span.n', t.started ? span(ran(t)) : 'queued')));
const tail = (c, fresh) => h('tr', { class: fresh && 'fresh' }, h('td.dim', time(c.at)), h('td', h('a', { href: href('/calls?id=' + c.id) }, `${c.provider}.${c.operation}`)), h('td.n', tries(c.tries)), h('td.n', span(c.ms)));

export default async function page({ signal }) {
  let o = await overview(true);
  if (o.first_run) return (await import('./first.js')).first(o, signal);
  const [lost, score] = await Promise.all(['/v1/calls?outcome=failed&limit=200', '/v1/score'].map(path => get(path, signal).catch(() => null)));
  let failed = lost?.calls ?? [], calls = o.last_calls, print = '';
  const heading = h('h1'), under = h('p'), links = h('div.row.links'), four = h('section.answers', { 'aria-label': 'Four answers' }), inbox = h('ul.looks'), calm = h('p.dim'), rows = h('tbody'), jobs = h('ul.tasklist.rows'), idle = h('p.dim'), last = h('tbody');
  const drawJobs = () => { const tick = Math.floor(Date.now() / 1000); keyed(jobs, o.tasks.now.map(t => ({ ...t, tick })), 'id', job); write(idle, o.tasks.now.length ? '' : `No task runs now. ${many(o.tasks.done_day, 'task')} finished in the last day.`); };
  function draw() {
    const c = o.calls, recent = failed.filter(x => Date.now() - new Date(x.at) < 36e5), ill = o.providers.filter(p => !['working', 'unseen'].includes(p.state)), worst = ill.find(p => p.state === 'failing') ?? ill[0];
    write(heading, o.sentence);
    write(under, c.hour ? `Half of the answers came within ${span(c.p50_ms)}, 95 in 100 within ${span(c.p95_ms)}. ${c.retried ? `Footing saved ${many(c.retried, 'call')} by trying again; your users noticed only the wait.` : 'No call had to be tried twice.'}` : 'Calls show up here as they happen.');
    const now = JSON.stringify([c, o.score, recent.length, worst?.name]);
    if (now !== print && !held(four) && !held(links)) {
      print = now;
      put(four, answers(o, recent, score?.checks));
      put(links, c.failed > 0 && h('a', { href: href('/calls?outcome=failed') }, `See the ${many(c.failed, 'failed call')}`), worst && h('a', { href: href('/providers/' + worst.name) }, `What to do: ${worst.title} runbook`));
    }
    const found = ill.map(p => ({ to: '/providers/' + p.name, state: provider(p.state)[0], text: p.sentence, act: 'Runbook' }));
    if (o.tasks.failed_day) found.push({ to: '/tasks?state=failed', state: 'fail', text: `${many(o.tasks.failed_day, 'task')} failed in the last day`, act: 'Look' });
    keyed(inbox, found, 'to', look);
    write(calm, found.length ? '' : 'Nothing waits for you.');
    keyed(rows, o.providers, 'name', p => providerRow(p));
    drawJobs();
    if (!held(last)) keyed(last, calls.slice(0, 12), 'id', tail);
  }
  draw();
  last.querySelectorAll('.fresh').forEach(el => el.classList.remove('fresh'));
  on('overview', items => { o = items.at(-1); draw(); say(o.sentence); }, signal);
  on('tasks', (items, whole) => { if (!whole) o.tasks.now = merge(o.tasks.now, items).filter(t => !OVER.includes(t.state)).slice(0, 6); drawJobs(); }, signal);
  on('providers', items => { o.providers = merge(o.providers, items, 'name'); draw(); }, signal);
  on('calls', items => { calls = merge(calls, items).sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 40); failed = merge(failed, items.filter(c => c.outcome === 'failed')); draw(); }, signal);
  const timer = setInterval(drawJobs, 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
  return {
    title: 'Overview', nodes: [lead(heading, under), links, four, h('div.cols',
      h('div.stack', section('Providers', 'last hour', h('a', { href: href('/providers') }, `All ${o.providers.length}`), o.providers.length ? table(PROVIDER_HEADS, rows) : empty('A provider is a file under footing/providers. ', command('footing check'))), section('Tasks now', null, h('a', { href: href('/tasks') }, 'All tasks'), jobs, idle)),
      h('div.stack', h('section.section.inbox', h('header', h('h2', 'Waiting for you')), inbox, calm), section('Calls', null, h('a', { href: href('/calls') }, 'All calls'), h('table.table.tail', { 'aria-label': 'Latest calls' }, last))))],
  };
}
