// One call: who failed, what to do, then its way through the corridor.
import { h, put, span, time } from './dom.js';
import { get } from './api.js';
import { closer, command, facts, fold, ghosts, json, pill, tryTable, who } from './parts.js';
import { href } from './router.js';
import { advice, call as sentence, outcome, title } from './words.js';

/** The stages with their times; a failed call stops where it stopped. */
function way(c) {
  const at = name => c.stages.findIndex(x => x.name === name), last = c.stages.findLastIndex(x => x.ms != null && x.name !== 'answer');
  const stop = c.outcome !== 'failed' ? 99 : c.drift ? at('check answer') : c.who === 'provider' ? at('send') : last;
  return h('ol.way', { 'aria-label': 'The way of this call' }, c.stages.map((x, i) => h('li', { 'data-s': i === stop ? 'fail' : i > stop ? 'idle' : c.outcome === 'retried' && x.name === 'send' ? 'warn' : 'ok' }, h('i'), h('span', x.name), h('small', i > stop ? '' : x.ms == null ? 'not needed' : span(x.ms)))));
}
/** Draws the call into `side`: at once what the row knows, then the rest. */
export async function drawer(side, c, close, signal) {
  const head = name => h('header.row', h('h2', name), closer(close));
  const draw = x => {
    const failed = x.outcome === 'failed', name = title(x.provider), runbook = href('/providers/' + x.provider);
    put(side, head(`${x.provider}.${x.operation}`), h('div.row.wrap', pill([outcome(x.outcome)[0], x.outcome === 'retried' ? 'Answered after a retry' : outcome(x.outcome)[1]], true), x.who && who(x.who, x.provider), x.drift && pill(['warn', 'Drift'])),
      h('p.say', sentence(x), x.told && ` Your user read: “${x.told}”`), failed && h('p.next', h('b', 'What to do. '), x.advice ?? 'The runbook of the provider says whom to ask.', ' ', h('a', { href: x.who === 'caller' ? `${runbook}#${x.operation}` : runbook }, x.who === 'caller' ? 'See the operation' : 'Open runbook')),
      x.stages ? way(x) : ghosts(), x.tries?.length > 1 && tryTable(x.tries, x.provider),
      facts([['request id', x.request_id], ['call', x.id], ['at', time(x.at)], ['asked by', x.caller], ['task', x.task && h('a', { href: href(`/tasks/${x.task}?step=${x.step ?? ''}`) }, x.task)], ['sent as', `${x.method} ${x.path}`], ['code', x.code], ['Footing', span(x.footing_ms)], [name, span(x.provider_ms)]]),
      x.request && fold('Request', json(x.request)), x.problem && fold('Answer to your app', json(x.problem), failed), x.answer && fold('Answer of ' + name, json(x.answer)), command('footing logs ' + x.request_id));
  };
  side.call = c.id;
  c.provider ? draw(c) : put(side, head('Call'), ghosts());
  try {
    const x = await get('/v1/calls/' + c.id, signal);
    if (side.call === c.id) draw(x);
  } catch (problem) {
    if (signal.aborted || side.call !== c.id) return;
    side.querySelector('.ghosts')?.replaceWith(h('p.next', h('b', problem.title), ' ', advice(problem)), h('code', c.id));
  }
}
