// The overview before the first call: what runs, what is next, what will be seen.
import { get, on } from './data.js';
import { blocks, command, h, lead, link, pill, put, section, write } from './ui.js';
import { show } from './main.js';
import { many, span } from './words.js';

const STATE = { done: ['ok', 'Done'], turn: ['wait', 'Your turn'], then: ['idle', 'Then'], waits: ['hold', 'Waits'] };
const inside = (at, name, ...list) => [h('div', pill(STATE[at])), h('div', h('h3', name), list.map(x => h('p', x)))];
const step = (...list) => h('li.first-step', inside(...list));
const box = (name, note, kind = 'div') => h(kind, h('b', name), h('small', note));
const LAST = 'See the first call';

/** Your app, Footing, the vendors: dashed until something goes through. */
function picture(o, some) {
  const label = 'Your app, then Footing, then the vendors; not connected yet';
  return h('div.way3', { role: 'img', 'aria-label': label }, box('Your app', o.project), h('i'),
    box('Footing', 'port ' + location.port, 'div.solid'), h('i'), box(some ? many(some, 'vendor') : 'Vendors', 'not called yet'));
}
function vendors(some, operations) {
  const name = 'Describe the vendors';
  if (some) return step('done', name, `${many(some, 'provider')} with ${many(operations, 'operation')} in the inventory.`,
    link('/providers', 'Read the inventory'));
  const text = 'Each is one file under footing/providers. This checks them and says what is expected.';
  return step('turn', name, text, command('footing check'));
}
function secrets(some, missing) {
  const name = 'Put the keys in the store';
  if (some && !missing.length)
    return step('done', name, 'Every secret that the inventory names has a value. Your code only knows the names.');
  const left = missing.length ? many(missing.length, 'secret') + ' without a value.' : '';
  return step(some ? 'turn' : 'then', name, `Asks for the key once; your code only knows its name. ${left}`,
    command('footing secret set ' + (missing[0] ?? 'NAME')));
}
const soon = score => section('What you will see', null, null,
  h('p.dim', 'Each call with its tries, who failed and what to do; long work as a task with a live timeline; '
    + 'each vendor’s state from real calls, never from a ping.'),
  h('div.firstscore', h('p.figure', `${score.proven} of ${score.of}`, h('small', score.proven ? 'proven' : 'not measured')),
    blocks(score), h('div.ground')));

export async function first(o, signal) {
  const read = p => get('/v1/providers/' + encodeURIComponent(p.name), signal).catch(() => p);
  const detail = await Promise.all(o.providers.slice(0, 12).map(read)), some = o.providers.length;
  const unset = detail.filter(p => p.auth?.secret && !p.auth.secret_set), missing = [...new Set(unset.map(p => p.auth.secret))];
  const operations = detail.flatMap(p => (p.operations?.map ? p.operations.map(op => `${p.name}.${op.name}`) : []));
  const heading = h('h1', 'Footing is running. Nothing goes through it yet.');
  const under = h('p', `It listens on ${location.host} and keeps everything in one folder beside your project. `
    + 'Four steps bring your app onto it; the vendor libraries you use stay as they are.');
  const last = step('waits', LAST, 'Open your app as usual, or call from the terminal. The first call appears here by itself.',
    operations[0] && command('footing call ' + operations[0]));
  const wires = picture(o, some);

  function through(c) {
    const name = `${c.provider}.${c.operation}`;
    wires.dataset.on = '';
    wires.setAttribute('aria-label', 'Your app, Footing and the vendors are connected');
    const failed = c.outcome === 'failed';
    write(heading, failed ? `The first call arrived and failed: ${name}.` : `The first call came through: ${name}, ${span(c.ms)}.`);
    write(under, 'From now on every call, with all its tries, is shown and kept.');
    put(last, inside('done', LAST, link('/calls?id=' + c.id, 'Open ' + name), h('button.btn', { onclick: show }, 'Show the overview')));
  }
  on('calls', items => { if (items.length && !('on' in wires.dataset)) through(items.at(-1)); }, signal);
  const token = step(some && !missing.length ? 'turn' : 'then', 'Give your app a token',
    'Made for one caller, with only the operations it needs. It is shown once.',
    command('footing token new --name web-app --scope "call:*"'));
  return {
    title: 'Overview',
    nodes: [lead(heading, under), wires, h('div.cols',
      h('ol.firststeps', vendors(some, operations.length), secrets(some, missing), token, last), soon(o.score))],
  };
}
