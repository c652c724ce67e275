// What every page knows of the project: the newest overview, read once and then kept by the stream.
import { get } from './api.js';
import { on } from './live.js';
import { learn } from './words.js';

let asked = null, newest = null;
function keep(overview) { newest = overview; learn(overview.providers); return newest; }
/** Asks the server the first time and, with `fresh`, again. */
export const overview = fresh => (newest && !fresh ? Promise.resolve(newest) : asked ??= get('/v1/overview').then(keep).finally(() => { asked = null; }));
export const known = () => newest;
on('overview', items => keep(items.at(-1)));

/** Puts changed objects over the kept ones, new ones first. */
export function merge(old, changed, key = 'id') {
  const by = new Map(changed.map(item => [item[key], item]));
  const kept = old.map(item => { const next = by.get(item[key]); by.delete(item[key]); return next ? { ...item, ...next } : item; });
  return [...[...by.values()].reverse(), ...kept];
}
