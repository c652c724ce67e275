// One call: who failed, what to do, then its way through the corridor.
import { get } from './data.js';
import { closer, command, ghosts, h, href, link, pill, put, time, todo, who } from './ui.js';
import { advice, outcome, span, title } from './words.js';
import { answer, facts, fold, json, tryTable } from './object.js';

/** The corridor's stages, in order; a call lists those it reached. */
const STAGES =
  ['recognise', 'authorise', 'admit', 'check request', 'ask', 'remember', 'sign', 'send', 'check answer', 'map'];
/** The stages with their times; a call that failed stops at the last one it reached. */
function way(c) {
  const ms = Object.fromEntries(c.stages.map(x => [x.name, x.ms])), last = c.stages.at(-1)?.name;
  const state = name => {
    if (!(name in ms)) return 'idle';
    if (c.outcome === 'failed' && name === last) return 'fail';
    return name === 'send' && c.tries?.length > 1 ? 'warn' : 'ok';
  };
  const note = name => (name in ms ? span(ms[name]) : c.outcome === 'failed' ? 'not reached' : 'not needed');
  const stage = name => h('li', { 'data-s': state(name) }, h('i'), h('span', name), h('small', note(name)));
  return h('ol.way', { 'aria-label': 'The way of this call' }, STAGES.map(stage));
}
/** What happened to one call. */
function sentence(c) {
  const name = title(c.provider), n = c.tries?.length, last = c.tries?.at(-1) ?? c;
  if (c.outcome === 'answered') return n ? `${name} answered at the first try.` : 'Answered from what Footing remembers.';
  if (c.outcome === 'retried')
    return `${name} failed at first (${answer(c.tries[0])}). Footing tried again and got an answer at try ${n}; `
      + 'your user noticed only the wait.';
  if (c.drift && c.code === 'contract_broken') return `${name} answered in a shape that breaks the contract, so Footing did not pass it on.`;
  if (c.who === 'provider') return `${name}: ${n ? answer(last) : 'not asked'}${n > 1 ? `, at try ${n} of ${n}` : ''}.`;
  if (c.who === 'footing') return 'Footing itself could not finish this call.';
  return n ? `${name} refused what your app sent (${answer(last)}).`
    : 'Your app sent a request that Footing could not send on.';
}
function help(c) {
  const own = c.who === 'caller', to = `/providers/${c.provider}${own ? '#' + c.operation : ''}`;
  return todo(c.advice ?? 'The runbook of the provider says whom to ask.', ' ', link(to, own ? 'See the operation' : 'Open runbook'));
}
const details = c => facts([
  ['request id', c.request_id], ['call', c.id], ['at', time(c.at)], ['asked by', c.caller],
  ['task', c.task && h('a', { href: href(`/tasks/${c.task}?step=${c.step ?? ''}`) }, c.task)],
  ['sent as', `${c.method} ${c.path}`], ['code', c.code], ['Footing', span(c.footing_ms)],
  [title(c.provider), c.tries?.length ? span(c.provider_ms) : null],
]);
const state = c =>
  pill([outcome(c.outcome)[0], c.outcome === 'retried' ? 'Answered after a retry' : outcome(c.outcome)[1]], true);
const paused = c => c.tries?.length > 1 || c.tries?.some(t => t.held_ms >= 1);

function body(c) {
  const failed = c.outcome === 'failed';
  return [
    h('div.row.wrap', state(c), c.who && who(c.who, c.provider), c.drift && pill(['warn', 'Drift'])),
    h('p.say', sentence(c), c.told && ` Your user read: “${c.told}”`), failed && help(c),
    c.stages ? way(c) : ghosts(), paused(c) && tryTable(c.tries, c.provider), details(c),
    c.request && fold('Request', json(c.request)), c.problem && fold('Answer to your app', json(c.problem), failed),
    c.answer && fold('Answer of ' + title(c.provider), json(c.answer)), command('footing logs ' + c.id),
  ];
}
/** Draws the call into `side`: at once what the row knows, then the rest. */
export async function drawer(side, c, close, signal) {
  const head = name => h('header.row', h('h2', name), closer(close));
  const draw = x => put(side, head(`${x.provider}.${x.operation}`), body(x));
  side.call = c.id;
  if (c.provider) draw(c);
  else put(side, head('Call'), ghosts());
  try {
    const x = await get('/v1/calls/' + encodeURIComponent(c.id), signal);
    if (side.call === c.id) draw(x);
  } catch (problem) {
    if (signal.aborted || side.call !== c.id) return;
    side.querySelector('.ghosts')?.replaceWith(h('p.next', h('b', problem.title), ' ', advice(problem)), h('code', c.id));
  }
}
