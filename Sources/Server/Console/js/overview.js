// Is it working, whose fault is the rest, how long do people wait, may we launch; and what wants a look.
import { everySecond, get, merge, newestFirst, on, overview } from './data.js';
import {
  answer, bar, bars, blocks, command, empty, glyph, h, held, href, keyed, lead, link, logAxis, progress, providerRow, put,
  range, section, table, time, tries, write, PROVIDER_HEADS,
} from './ui.js';
import { styles } from './main.js';
import { say } from './shell.js';
import { ailing, band, count, many, party, provider, ran, span, title, verdict, OVER } from './words.js';

const HOUR = 36e5, SHOWN = 8;

// ---- the four answers ------------------------------------------------------------------------------------------------
function working(c) {
  const ok = c.hour - c.failed, share = c.hour ? (ok / c.hour * 100).toFixed(ok === c.hour ? 0 : 2) + '\u202f%' : '–';
  const note = h('p', `${count(ok)} of ${many(c.hour, 'call')} in the last hour`);
  return answer('/calls', 'Is it working?', share, 'answered', note, h('div.end', bars(c.minutes)));
}
const most = list => Object.entries(list).sort((a, b) => b[1] - a[1])[0] ?? [];
function blame(failed) {
  const by = { caller: 0, footing: 0, provider: 0 }, vendors = {};
  for (const x of failed) {
    by[x.who]++;
    if (x.who === 'provider') vendors[x.provider] = (vendors[x.provider] ?? 0) + 1;
  }
  const [who, n] = most(by), name = who === 'provider' ? title(most(vendors)[0]) : party(who);
  const line = ([who, n]) => [h('span', party(who)), bar(n / Math.max(1, failed.length), 'fail', `${party(who)}: ${n}`), h('span', n)];
  return answer('/calls?outcome=failed', 'Whose fault is the rest?', n ? `${n} of ${failed.length}` : 'Nobody’s', n > 0 && name,
    h('p', n ? 'failed calls of the last hour, by who failed' : 'no call failed in the last hour'),
    h('div.end', h('div.blame', Object.entries(by).map(line))));
}
const patience = c => answer('/calls', 'How long do people wait?', span(c.p50_ms), 'half of the time',
  h('p', { title: 'p95' }, '95 in 100 under ', span(c.p95_ms)), h('div.end', range(c.p50_ms, c.p95_ms), logAxis()));
function launch(score, checks) {
  const left = score.of - score.proven, states = checks?.map(x => verdict(x.verdict)[0]);
  return answer('/score', 'May we launch?', `${score.proven} of ${score.of}`, band(score),
    h('p', left ? `${many(left, 'check')} left to prove` : 'every check is proven'),
    h('div.end', blocks(score, states), h('div.ground')));
}
function summary(c) {
  if (!c.hour) return 'Calls show up here as they happen.';
  const saved = `Footing saved ${many(c.retried, 'call')} by trying again; your users noticed only the wait.`;
  const half = `Half of the answers came within ${span(c.p50_ms)}, 95 in 100 within ${span(c.p95_ms)}.`;
  return `${half} ${c.retried ? saved : 'No call had to be tried twice.'}`;
}

// ---- rows ------------------------------------------------------------------------------------------------------------
const look = l => h('li', h('a.row', { href: href(l.to) }, glyph(l.state), h('span', l.text), h('em', l.act)));
function looks(o) {
  const found = ailing(o.providers)[0]
    .map(p => ({ to: '/providers/' + p.name, state: provider(p.state)[0], text: `${p.title}: ${p.sentence}`, act: 'Runbook' }));
  const bad = o.inventory?.refused?.findings.length;
  if (bad) found.unshift({ to: '/inventory', state: 'fail', text: `The last change of the inventory was refused: ${many(bad, 'finding')}`, act: 'Look' });
  const lost = o.tasks.failed_day, text = `${many(lost, 'task')} failed in the last day`;
  if (lost) found.push({ to: '/tasks?state=failed', state: 'fail', text, act: 'Look' });
  const kept = o.recording, whose = kept?.provider ? `Calls of ${title(kept.provider)} are` : 'Calls are';
  if (kept) found.push({ to: '/calls', state: 'run', act: 'Look',
    text: `${whose} recorded as examples until ${new Date(kept.until).toTimeString().slice(0, 5)}; ${count(kept.examples)} so far` });
  return found;
}
const job = t => h('li', h('a', { href: href('/tasks/' + t.id) },
  h('span.two', h('b', t.title), h('small', t.recipe)), progress(t), h('span.n', t.started ? span(ran(t)) : 'queued')));
const tail = (c, fresh) => h('tr', { class: fresh && 'fresh' }, h('td.dim', time(c.at)),
  h('td', link('/calls?id=' + c.id, `${c.provider}.${c.operation}`)), h('td.n', tries(c.tries)), h('td.n', span(c.ms)));

export default async function page({ signal }) {
  let o = await overview(true);
  if (o.first_run) return Promise.all([import('./first.js'), styles()]).then(([m]) => m.first(o, signal));
  const optional = path => get(path, signal).catch(() => null);
  const [lost, score] = await Promise.all([optional('/v1/calls?outcome=failed&limit=200'), optional('/v1/score')]);
  let failed = lost?.calls ?? [], calls = o.last_calls, print = '';

  const heading = h('h1'), under = h('p'), links = h('div.row.links'), calm = h('p.dim'), idle = h('p.dim');
  const four = h('section.answers', { 'aria-label': 'Four answers' }), inbox = h('ul.looks'), rows = h('tbody');
  const jobs = h('ul.tasklist.rows'), last = h('tbody');

  function drawJobs() {
    const now = o.tasks.now.filter(t => !OVER.includes(t.state)), tick = Math.floor(Date.now() / 1000);
    keyed(jobs, now.map(t => ({ ...t, tick })), 'id', job);
    write(idle, now.length ? '' : `No task runs now. ${many(o.tasks.done_day, 'task')} finished in the last day.`);
  }
  function drawAnswers() {
    const c = o.calls, recent = failed.filter(x => Date.now() - new Date(x.at) < HOUR), worst = ailing(o.providers)[1];
    const now = JSON.stringify([c, o.score, recent.length, worst?.name]);
    if (now === print || held(four) || held(links)) return;
    print = now;
    put(four, working(c), blame(recent), patience(c), launch(o.score, score?.checks));
    put(links, c.failed > 0 && link('/calls?outcome=failed', `See the ${many(c.failed, 'failed call')}`),
      worst && link('/providers/' + worst.name, `What to do: ${worst.title} runbook`));
  }
  function draw() {
    write(heading, o.sentence);
    write(under, summary(o.calls));
    drawAnswers();
    const found = looks(o);
    keyed(inbox, found, 'to', look);
    write(calm, found.length ? '' : 'Nothing waits for you.');
    keyed(rows, o.providers, 'name', p => providerRow(p));
    drawJobs();
    if (!held(last)) keyed(last, calls.slice(0, SHOWN), 'id', tail);
  }
  draw();
  last.querySelectorAll('.fresh').forEach(el => el.classList.remove('fresh'));

  on('overview', items => { o = items.at(-1); draw(); say(o.sentence); }, signal);
  on('tasks', (items, whole) => {
    if (!whole) o.tasks.now = merge(o.tasks.now, items).filter(t => !OVER.includes(t.state)).slice(0, 6);
    drawJobs();
  }, signal);
  on('providers', items => { o.providers = merge(o.providers, items, 'name'); draw(); }, signal);
  on('calls', items => {
    calls = newestFirst(merge(calls, items)).slice(0, 40);
    failed = merge(failed, items.filter(c => c.outcome === 'failed'));
    draw();
  }, signal);
  everySecond(drawJobs, signal);

  const none = () => empty('A provider is a file under footing/providers. ', command('footing check'));
  return {
    title: 'Overview',
    nodes: [lead(heading, under), links, four, h('div.cols',
      h('div.stack',
        section('Providers', 'last hour', link('/providers', `All ${o.providers.length}`),
          o.providers.length ? table(PROVIDER_HEADS, rows) : none()),
        section('Tasks now', null, link('/tasks', 'All tasks'), jobs, idle)),
      h('div.stack',
        h('section.section.inbox', h('header', h('h2', 'Waiting for you')), inbox, calm),
        section('Calls', null, link('/calls', 'All calls'), h('table.table.tail', { 'aria-label': 'Latest calls' }, last))))],
  };
}
