// All providers, with their state computed from real calls.
import { get, merge, on } from './data.js';
import { command, empty, h, keyed, lead, providerRow, table, time, write, PROVIDER_HEADS } from './ui.js';
import { say } from './shell.js';
import { age, ailing, learn, many } from './words.js';

function sentence(all) {
  const [ill, worst] = ailing(all);
  if (!all.length) return 'No provider yet.';
  if (ill.length > 1) return `${ill.length} of ${many(all.length, 'provider')} need a look; the worst is ${worst.title}.`;
  if (worst) return `${worst.title}: ${worst.sentence}`;
  return all.every(p => p.state === 'unseen') ? 'No provider was called yet.' : 'Every provider that was called works.';
}
const row = p => providerRow(p, h('td.n.dim.wide', time(p.last_call, age(p.last_call))));

export default async function page({ signal }) {
  let { providers: all } = await get('/v1/providers', signal);
  const said = h('h1'), body = h('tbody');
  function draw() {
    learn(all);
    write(said, sentence(all));
    say(said.textContent);
    keyed(body, all, 'name', row);
  }
  draw();
  on('providers', items => { all = merge(all, items, 'name'); draw(); }, signal);
  const note = all.length ? 'State comes from real calls of the last hour, never from a ping.'
    : 'A provider is a file under footing/providers. It is checked and shown here as soon as the server reads it.';
  return {
    title: 'Providers',
    nodes: [lead(said, h('p', note)), h('div.gap'),
      all.length ? table([...PROVIDER_HEADS, ['Last call', 'n wide']], body) : empty(command('footing check'))],
  };
}
