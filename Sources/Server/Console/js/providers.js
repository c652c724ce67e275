// All providers, with their state computed from real calls.
import { h, write, keyed, age, many, time } from './dom.js';
import { get } from './api.js';
import { on } from './live.js';
import { merge } from './project.js';
import { command, empty, lead, providerRow, table, PROVIDER_HEADS } from './parts.js';
import { say } from './shell.js';
import { learn } from './words.js';

export default async function page({ signal }) {
  let { providers: all } = await get('/v1/providers', signal);
  const said = h('h1'), body = h('tbody');
  function draw() {
    const ill = all.filter(p => !['working', 'unseen'].includes(p.state)), worst = ill.find(p => p.state === 'failing') ?? ill[0];
    learn(all);
    write(said, !all.length ? 'No provider yet.' : ill.length > 1 ? `${ill.length} of ${many(all.length, 'provider')} need a look; the worst is ${worst.title}.` : worst ? worst.sentence : all.every(p => p.state === 'unseen') ? 'No provider was called yet.' : 'Every provider that was called works.');
    say(said.textContent);
    keyed(body, all, 'name', p => providerRow(p, h('td.n.dim.wide', time(p.last_call, age(p.last_call)))));
  }
  draw();
  on('providers', items => { all = merge(all, items, 'name'); draw(); }, signal);
  return { title: 'Providers', nodes: [lead(said, h('p', all.length ? 'State comes from real calls of the last hour, never from a ping.' : 'A provider is a file under footing/providers. It is checked and shown here as soon as the server reads it.')), h('div.gap'), all.length ? table([...PROVIDER_HEADS, ['Last call', 'n wide']], body) : empty(command('footing check'))] };
}
