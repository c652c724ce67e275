// Counts are bars, latencies sit on one log axis everywhere. No legends, no animation; each drawing has its sentence.
import { h, s, span, many, clock } from './dom.js';

/** What was answered stands on the line, retried is its cap; what failed hangs below on its own scale, so that one in a thousand is seen. */
export function bars(minutes, width = 240, height = 40) {
  const sum = key => minutes.reduce((n, m) => n + m[key], 0), failed = sum('failed'), worst = Math.max(1, ...minutes.map(m => m.failed)), top = Math.max(1, ...minutes.map(m => m.answered + m.retried));
  const deep = failed ? height * .28 : 0, line = height - deep - .5, pitch = width / minutes.length, last = minutes.length - 1;
  const rect = (i, y, tall, kind) => tall > 0 && s('rect', { x: (i * pitch).toFixed(2), y: y.toFixed(2), width: (pitch * .78).toFixed(2), height: tall.toFixed(2), class: kind });
  return s('svg', { viewBox: `0 0 ${width} ${height}`, class: 'bars', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${many(sum('answered') + sum('retried') + failed, 'call')} in ${minutes.length} minutes, ${failed} failed` },
    minutes.map((m, i) => {
      const up = m.answered / top * line, cap = m.retried ? Math.max(2, m.retried / top * line) : 0;
      return [rect(i, line - up, up, i === last ? 'b-ok b-part' : 'b-ok'), rect(i, line - up - cap, cap, 'b-warn'), m.failed > 0 && rect(i, line + 1, Math.max(2, m.failed / worst * (deep - 1)), 'b-fail')];
    }), s('path', { class: 'base', d: `M0 ${line}H${width}` }));
}
const axis = (list, kind) => h('div.axis', { 'aria-hidden': 'true', class: kind }, list.map(([at, text]) => h('span', { vars: { at } }, text)));
export const minuteAxis = minutes => axis(minutes.flatMap((m, i) => (i % 15 ? [] : [[i / minutes.length, clock(m.at).slice(0, 5)]])), 'axis left');

/** Where a duration sits between 5 ms and 20 s, from 0 to 1. */
export const spot = ms => Math.max(0, Math.min(1, Math.log(Math.max(ms, 1) / 5) / Math.log(4000)));
export const TICKS = [[10, '10'], [100, '100 ms'], [1000, '1 s'], [10000, '10 s']].map(([ms, text]) => [spot(ms), text]);
export const logAxis = () => axis(TICKS, 'axis');
/** How long calls took: square-root heights, rules at half, 95 and 99 in 100. */
export function histogram(durations, marks) {
  const counts = new Array(44).fill(0);
  for (const ms of durations) counts[Math.min(43, Math.floor(spot(ms) * 44))]++;
  const most = Math.max(1, ...counts), tall = n => Math.max(1, Math.sqrt(n / most) * 70);
  return h('figure', { role: 'img', 'aria-label': marks.map(([n, ms]) => `${n} under ${span(ms)}`).join(', ') }, h('div.plot', s('svg', { viewBox: '0 0 440 72', preserveAspectRatio: 'none', class: 'bars' }, s('path', { class: 'base', d: 'M0 71.5H440' }), counts.map((n, i) => n > 0 && s('rect', { x: i * 10, y: 72 - tall(n), width: 9, height: tall(n), class: 'b-ok' }))), marks.map(([, ms]) => h('i.rule', { vars: { at: spot(ms) } }))), logAxis());
}
/** From half to 95 in 100 on the log axis. */
export const range = (p50, p95, state) => h('span.range', { 'data-s': state === 'slow' ? 'warn' : 'ok', role: 'img', 'aria-label': `half under ${span(p50)}, 95 in 100 under ${span(p95)}`, vars: { a: spot(p50 ?? 0), b: spot(p95 ?? 0) } }, h('i'), h('b'));
/** The score as courses of a foundation: solid carries, outlined does not, hatched was never measured. */
export const blocks = states => h('span.blocks', { role: 'img', 'aria-label': `${states.filter(x => x === 'ok').length} of ${states.length} proven` }, states.map(x => h('i', { 'data-s': x })));
export const plainBlocks = ({ proven, of }) => blocks(Array.from({ length: of }, (_, i) => (i < proven ? 'ok' : 'idle')));
