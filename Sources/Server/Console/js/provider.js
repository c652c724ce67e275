// The runbook of a provider: is it healthy, what to do when it is not, what was agreed with it.
import { get, on } from './data.js';
import { answer, command, h, held, href, link, loud, logAxis, pill, put, range, section, table, time, todo, write } from './ui.js';
import { say } from './shell.js';
import { age, count, learn, provider as state, span } from './words.js';
import { facts } from './object.js';

const BREAKER = {
  closed: ['ok', 'Closed, calls go through'], open: ['fail', 'Open, calls are refused at once'],
  'half-open': ['hold', 'Half open, one call is tried'],
};
const LIMITS = { concurrency: 'at a time' }, code = text => h('code', text);
const flat = v => (v && typeof v === 'object'
  ? Object.entries(v).filter(([, x]) => x != null).map(([k, x]) => `${k} ${flat(x)}`).join(', ') : v);
/** Only an http address is a link. */
const outward = to => (/^https?:\/\//.test(to)
  ? h('a', { href: to, rel: 'noreferrer', target: '_blank' }, to.replace(/^https?:\/\//, '')) : to);

const lastHour = (p, at) => [
  answer(at, 'Does it answer?', count(p.calls_hour), `${p.calls_hour === 1 ? 'call' : 'calls'} in the last hour`,
    h('p', 'last call ', time(p.last_call, age(p.last_call)))),
  answer(at + '&outcome=failed', 'What failed?', count(p.failed_hour), 'failed',
    h('p', `${count(p.retried_hour)} more saved by another try`)),
  answer(at, 'How long does it take?', span(p.p50_ms), 'half of the time',
    h('p', { title: 'p95' }, '95 in 100 under ', span(p.p95_ms)), h('div.end', range(p.p50_ms, p.p95_ms, p.state), logAxis())),
];

// ---- what was agreed -------------------------------------------------------------------------------------------------
const OPERATIONS =
  ['Operation', ['Sent as', 'wide'], ['Risk', 'mid'], ['Contract', 'wide'], ['Calls, 1 h', 'n'], ['95 in 100', 'n'], ['Failed', 'n']];
const risk = name => (name === 'read' ? h('span.dim', name) : pill([name === 'write' ? 'warn' : 'wait', name]));
const operation = at => o => h('tr', { id: o.name },
  h('td', h('a.two', { href: href(`${at}&operation=${o.name}`) }, h('b', o.name), h('small', o.about))),
  h('td.wide', code(`${o.method} ${o.path}`)),
  h('td.mid', risk(o.risk), o.latency === 'slow' && h('small.dim', ' slow, as a task')),
  h('td.wide', o.contract ? 'checked' : h('span.dim', 'none')),
  h('td.n', count(o.calls_hour)), h('td.n', span(o.p95_ms)), h('td.n', loud(o.failed_hour)));

const side = (sign, kind, v) => h('td', sign, ' ', h('code.tint', { 'data-s': kind }, flat(v) ?? 'not there'));
const difference = d => h('tr', h('td', code(d.operation), h('small.dim', ' ' + d.pointer)),
  side('−', 'fail', d.expected), side('+', 'ok', d.seen), h('td.n.dim', `${count(d.count)}×, last `, time(d.last, age(d.last))));
const drift = list => section('Drift', 'answers that departed from the contract', list.length > 0 && link('/drift', 'Decide'), list.length
  ? table(['Where', 'Agreed', 'Arrived', ['Seen', 'n']], h('tbody', list.map(difference)))
  : h('p.dim', 'Every answer was as agreed.'));

const when = e => flat({ status: e.status, code: e.vendor_code }) || 'anything else';
const mapped = title => e => h('tr', h('td', code(when(e))), h('td', code(e.code)), h('td', e.text && `“${e.text}”`),
  h('td.wide', e.caller ? 'Your app' : title));
const errorMap = (list, title) => section('Error map', 'first match wins', null, list.length
  ? table(['When', 'Code', 'Your user reads', ['Who failed', 'wide']], h('tbody', list.map(mapped(title))))
  : h('p.dim', 'None declared. Your users read Footing’s general sentences.'));

const help = (p, owner) => section('When it is not healthy', null, null,
  facts([['owner', owner.name && [owner.name, owner.contact && ', ' + owner.contact]],
    ['roll back', flat(owner.rollback_owner ?? p.rollback_owner)], ['status page', outward(p.status_page)],
    ['runbook', outward(p.runbook)], ['breaker', pill(BREAKER[p.breaker] ?? ['idle', p.breaker])]]),
  !owner.name && h('p.dim', 'Nobody is named for it yet: add an owner to its file, so that this page says whom to ask.'));
const secret = (name, missing) => [code(name), ' ', pill(missing.includes(name) ? ['fail', 'No value'] : ['ok', 'Set'])];
const agreed = (p, auth) => section('Agreed', null, null,
  facts([['address', code(p.url)], ['sign-in', auth.kind],
    ...(auth.secrets ?? []).map(name => ['secret', secret(name, auth.missing)]),
    ...Object.entries(p.limits ?? {}).map(([k, v]) => [LIMITS[k] ?? k, flat(v)])]),
  auth.secret && !auth.secret_set
    && todo('Give the secret its value; calls go through at once. ', command('footing secret set ' + auth.secret)));

export default async function page({ id, signal }) {
  let p = await get('/v1/providers/' + encodeURIComponent(id), signal), print;
  const { operations = [] } = p, at = `/calls?provider=${p.name}`;
  const badge = h('span'), said = h('p.nowsay'), three = h('section.answers.three', { 'aria-label': 'The last hour' });
  function draw() {
    const now = JSON.stringify([p.state, p.calls_hour, p.failed_hour, p.retried_hour, p.p50_ms, p.p95_ms]);
    write(said, p.sentence);
    say(p.sentence);
    if (now === print || held(three)) return;
    print = now;
    put(badge, pill(state(p.state), true));
    put(three, lastHour(p, at));
  }
  learn([p]);
  draw();
  on('providers', items => {
    const next = items.findLast(x => x.name === id);
    if (next) { p = { ...p, ...next }; draw(); }
  }, signal);
  return {
    title: p.title, crumb: p.title,
    nodes: [h('header.taskhead', h('div', h('div.row', h('h1', p.title), badge), said)), three, h('div.cols',
      h('div.stack', section('Operations', p.about, null, table(OPERATIONS, h('tbody', operations.map(operation(at))))),
        drift(p.drift ?? []), errorMap(p.errors ?? [], p.title)),
      h('div.stack', help(p, p.owner ?? {}), agreed(p, p.auth ?? {}),
        operations[0] && section('In the terminal', null, null, command(`footing call ${p.name}.${operations[0].name}`))))],
  };
}
