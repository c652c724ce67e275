// The overview before the first call: what runs, what is next, what will be seen.
import { h, put, write, many, span } from './dom.js';
import { get } from './api.js';
import { on } from './live.js';
import { command, figure, lead, pill, section } from './parts.js';
import { plainBlocks } from './charts.js';
import { href, show } from './router.js';

const STATE = { done: ['ok', 'Done'], turn: ['wait', 'Your turn'], then: ['idle', 'Then'], waits: ['hold', 'Waits'] };
const inside = (at, name, ...list) => [h('div', pill(STATE[at])), h('div', h('h3', name), list.map(x => h('p', x)))];

export async function first(o, signal) {
  const detail = await Promise.all(o.providers.slice(0, 12).map(p => get('/v1/providers/' + p.name, signal).catch(() => p)));
  const missing = [...new Set(detail.filter(p => p.auth?.secret && !p.auth.secret_set).map(p => p.auth.secret))], operations = detail.flatMap(p => (p.operations?.map ? p.operations.map(op => `${p.name}.${op.name}`) : []));
  const some = o.providers.length, keys = some && !missing.length, step = (...list) => h('li.first-step', inside(...list)), box = (name, note, kind = 'div') => h(kind, h('b', name), h('small', note));
  const heading = h('h1', 'Footing is running. Nothing goes through it yet.'), under = h('p', `It listens on ${location.host} and keeps everything in one folder beside your project. Four steps bring your app onto it; the vendor libraries you use stay as they are.`);
  const last = step('waits', 'See the first call', 'Open your app as usual, or call from the terminal. The first call appears here by itself.', operations[0] && command('footing call ' + operations[0]));
  const wires = h('div.way3', { role: 'img', 'aria-label': 'Your app, then Footing, then the vendors; not connected yet' }, box('Your app', o.project), h('i'), box('Footing', 'port ' + location.port, 'div.solid'), h('i'), box(some ? many(some, 'vendor') : 'Vendors', 'not called yet'));
  on('calls', items => {
    const c = items.at(-1), name = `${c?.provider}.${c?.operation}`;
    if (!c || wires.dataset.on) return;
    wires.dataset.on = '';
    wires.setAttribute('aria-label', 'Your app, Footing and the vendors are connected');
    write(heading, `The first call came through: ${name}, ${span(c.ms)}.`);
    write(under, 'From now on every call, with all its tries, is shown and kept.');
    put(last, inside('done', 'See the first call', h('a', { href: href('/calls?id=' + c.id) }, 'Open ' + name), h('button.btn', { onclick: show }, 'Show the overview')));
  }, signal);
  return {
    title: 'Overview', nodes: [lead(heading, under), wires, h('div.cols', h('ol.firststeps',
      some ? step('done', 'Describe the vendors', `${many(some, 'provider')} with ${many(operations.length, 'operation')} in the inventory.`, h('a', { href: href('/providers') }, 'Read the inventory')) : step('turn', 'Describe the vendors', 'Each is one file under footing/providers. This checks them and says what is expected.', command('footing check')),
      keys ? step('done', 'Put the keys in the store', 'Every secret that the inventory names has a value. Your code only knows the names.') : step(some ? 'turn' : 'then', 'Put the keys in the store', `Asks for the key once; your code only knows its name. ${missing.length ? many(missing.length, 'secret') + ' without a value.' : ''}`, command('footing secret set ' + (missing[0] ?? 'NAME'))),
      step(keys ? 'turn' : 'then', 'Give your app a token', 'Made for one caller, with only the operations it needs. It is shown once.', command('footing token new web-app --scope "call:*"')), last),
    section('What you will see', null, null, h('p.dim', 'Each call with its tries, who failed and what to do; long work as a task with a live timeline; each vendor’s state from real calls, never from a ping.'), h('div.firstscore', figure(`${o.score.proven} of ${o.score.of}`, o.score.proven ? 'proven' : 'not measured'), plainBlocks(o.score), h('div.ground'))))],
  };
}
