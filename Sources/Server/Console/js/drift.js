// What providers changed: what was agreed, what arrived, what it did to calls, and the change of the contract that would
// let it through. Nothing changes before a person says so.
import { get, on, post } from './data.js';
import { command, empty, h, heads, held, lead, link, pill, put, section, time, write } from './ui.js';
import { say, toast } from './shell.js';
import { age, count, learn, many, title } from './words.js';
import { fold, json } from './object.js';

const EFFECT = { fail: ['fail', 'Fails the call'], alert: ['warn', 'Told'], record: ['idle', 'Recorded'] };
const code = text => h('code', text);
const side = (sign, kind, text) => h('td', h('span.signed', sign, ' ', h('code.tint', { 'data-s': kind }, text || 'not there')));
const HEADS = ['Where', 'Agreed', 'Arrived', ['Seen', 'n']];
const row = (d, where) => h('tr', h('td', h('span.two', where, code(d.pointer || 'the answer'), h('small', (EFFECT[d.action] ?? EFFECT.record)[1]))),
  side('−', 'fail', d.expected), side('+', 'ok', d.seen),
  h('td.n', h('span.two', h('b', `${count(d.count)}×`), h('small', 'since ', time(d.first, age(d.first)), ', last ', time(d.last, age(d.last))))));
const list = rows => h('table.table.rows.drifts', heads(HEADS), h('tbody', rows));
const named = operation => link(`/providers/${operation.split('.')[0]}`, code(operation));
const last = list => list.map(d => d.last).sort().at(-1);

/** What the change does to who uses the app. */
function effect(p) {
  const failing = p.changes.filter(c => c.action === 'fail'), to = title(p.operation.split('.')[0]);
  return failing.length
    ? h('p', `Calls fail with it, last `, time(last(failing), age(last(failing))),
      `. Your user reads: “${to} sent something unexpected, so we did not use it.”`)
    : h('p', 'Calls go on with what arrived.');
}
/** What accepting would do, in words of the server. */
function plan(p) {
  const does = p.changes.filter(c => c.does), left = p.changes.filter(c => !c.does);
  return [does.length > 0 && h('div', h('p', h('b', 'Accepting would')), h('ul.bullets', does.map(c => h('li', c.does)))),
    left.length > 0 && h('div', h('p', h('b', 'Yours to decide')),
      h('ul.bullets', left.map(c => h('li', code(c.pointer || 'the answer'), `: ${c.left}`))))];
}
function card(p, done) {
  const name = `${p.operation}.${p.side}`, worst = p.changes.some(c => c.action === 'fail') ? EFFECT.fail : EFFECT.alert;
  const does = p.changes.filter(c => c.does).length, buttons = h('div.row.wrap');
  async function decide(what, body) {
    for (const button of buttons.querySelectorAll('button')) button.dataset.write = 'busy';
    try {
      const answer = await post(`/v1/drift/${encodeURIComponent(name)}/${what}`, null, `${what} ${name}`);
      toast(body(answer));
      done();
    } catch (problem) {
      toast(problem.detail ?? problem.title, 'fail');
      for (const button of buttons.querySelectorAll('button')) button.dataset.write = '';
    }
  }
  const accepted = a => (a.new_file ? `${a.contract} is written; name it at ${a.place}.` : `${a.contract} is changed.`);
  put(buttons,
    does > 0 && h('button.btn.solid', { 'data-write': '', onclick: () => decide('accept', accepted) },
      `Accept into ${p.contract?.split('/').at(-1) ?? 'a file of its own'}`),
    h('button.btn', { 'data-write': '', onclick: () => decide('reject', () => `${name} stays as it is.`) }, 'Keep the contract'),
    command(`footing contract show ${name}`));
  return h('section.card.drift', { id: name },
    h('div.row.wrap', h('h2', named(p.operation), p.side === 'request' && ' requests'), pill(worst),
      h('span.dim.push', p.contract ?? p.place)),
    effect(p), list(p.changes.map(c => row(c))), plan(p), buttons,
    p.proposed && fold('The contract as it would be', json(p.proposed)),
    p.sample && fold('A payload that shows it, redacted', json(p.sample)));
}

export default async function page({ signal }) {
  let all = await get('/v1/drift', signal), print;
  const said = h('h1'), body = h('div.stack.drifting');
  const again = async () => {
    try { all = await get('/v1/drift', signal); draw(); } catch (problem) { if (!signal.aborted) toast(problem.title, 'fail'); }
  };
  /** A proposal is written when something is new; how often and when is known better by now. */
  const fresh = p => ({ ...p, changes: p.changes.map(c => ({ ...c, ...all.findings.find(f => f.shape === c.shape
    && f.side === p.side && `${f.provider}.${f.operation}` === p.operation) })) });
  function draw() {
    learn(all.providers);
    write(said, all.sentence);
    say(all.sentence);
    const now = JSON.stringify(all);
    if (now === print || held(body)) return;
    print = now;
    const waiting = all.proposals.filter(p => p.changes.length).map(fresh), told = new Set(waiting.flatMap(p => p.changes.map(c => c.shape)));
    const rest = all.findings.filter(f => !told.has(f.shape));
    put(body, waiting.map(p => card(p, again)),
      rest.length > 0 && section('Without a proposal', many(rest.length, 'departure'), null,
        list(rest.map(f => row(f, h('b', `${f.provider}.${f.operation}`))))),
      !all.findings.length && !waiting.length && empty(command('footing contract ls')));
  }
  draw();
  let asked;
  on('drift', () => { clearTimeout(asked); asked = setTimeout(again, 500); }, signal);
  return {
    title: 'Drift',
    nodes: [lead(said, h('p', 'Every answer is compared with its contract. A change that a vendor makes shows here first, '
      + 'with the smallest change of the contract that would let it through.')), body],
  };
}
