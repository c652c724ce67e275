// Everything that comes from the server: questions, the one live stream, and what every page knows of the project.
import { learn } from './words.js';

// ---- questions: every failure is a problem, which says who failed, what a person may read, what to do ---------------
let away = () => {};
/** Names what happens when the session has ended. */
export const onSignedOut = act => { away = act; };

const SILENT = {
  status: 0, source: 'footing', title: 'Footing does not answer.',
  detail: 'The server may be stopped or starting: footing serve. This page goes on by itself.',
};
export async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: { accept: 'application/json', ...options.headers } })
    .catch(error => { throw error.name === 'AbortError' ? error : SILENT; });
  const data = /json/.test(answer.headers.get('content-type')) ? await answer.json().catch(() => null) : null;
  if (answer.ok || answer.type === 'opaqueredirect') return data;
  if (answer.status === 401) away();
  throw { title: `Footing answered with ${answer.status}.`, source: 'footing', ...data, status: answer.status };
}
export const get = (path, signal) => ask(path, { signal });
/** A write; the same `key` is the same act, so a double click is one. */
export const post = (path, body, key) =>
  ask(path, { method: 'POST', body, headers: { 'X-Footing-Request': '1', 'Idempotency-Key': key ?? newKey() } });
export const newKey = () => crypto.randomUUID?.() ?? String(Math.random());
/** A query string of the fields that have a value. */
export const search = fields => '?' + new URLSearchParams(Object.entries(fields).filter(([, value]) => value));

/**
 * Follows server-sent events: `hear(type, data, number)`. Connects again after 1, 2, 4, 8, then every 15 s;
 * `resume` asks for what came after the last number.
 */
export function follow(path, types, hear, { signal, resume, status = () => {} } = {}) {
  let source, timer, failed = 0, last = 0;
  const close = () => { clearTimeout(timer); source?.close(); };
  const open = () => {
    close();
    source = new EventSource(resume && last ? `${path}?after=${last}` : path);
    source.onopen = () => { failed = 0; status('open'); };
    source.onerror = () => {
      close();
      const wait = ([1, 2, 4, 8][failed++] ?? 15) * 1000;
      timer = setTimeout(open, wait);
      status('lost', Date.now() + wait);
    };
    for (const type of types) source.addEventListener(type, event => {
      last = event.lastEventId;
      hear(type, JSON.parse(event.data), Number(last));
    });
  };
  signal?.addEventListener('abort', close);
  open();
  return { open, close };
}

// ---- the live stream: one a browser; the tab that holds the lock reads it and passes events on to the others --------
const TOPIC = { overview: 'overview', call: 'calls', task: 'tasks', provider: 'providers', drift: 'drift' };
/** What the light in the top bar shows: state is starting, open or lost; heard is when the last event came. */
export const live = { state: 'starting', heard: Date.now(), paused: false, waiting: 0 };

const listeners = {}, watchers = new Set(), channel = self.BroadcastChannel && new BroadcastChannel('footing.live');
let leads = false, stream = null, batch = [], asked = false;

/** Hears `(items, snapshot)` of a topic, at most once a frame, until `signal` ends. */
export function on(topic, hear, signal) {
  const set = (listeners[topic] ??= new Set());
  set.add(hear);
  signal?.addEventListener('abort', () => set.delete(hear));
}
/** Hears changes of `live`. */
export const watch = hear => { watchers.add(hear); hear(); };
function tell(change) { Object.assign(live, change); watchers.forEach(hear => hear()); }

function take(type, data) {
  live.heard = Date.now();
  batch.push([type, data]);
  if (live.paused) return tell({ waiting: live.waiting + (type === 'call') });
  if (asked) return;
  asked = true;
  document.hidden ? setTimeout(apply, 250) : requestAnimationFrame(apply); // a hidden tab has no frames
}
function apply() {
  asked = false;
  if (live.paused) return;
  const list = batch, changes = {};
  batch = [];
  const send = (topic, items, snapshot) => listeners[topic]?.forEach(hear => hear(items, snapshot));
  for (const [type, data] of list) {
    if (type === 'snapshot') send(data.topic, data.items, true);
    else (changes[TOPIC[type]] ??= []).push(data);
  }
  for (const topic in changes) send(topic, changes[topic]);
}
/** Stops and starts showing changes; the stream goes on and what comes is counted. */
export function toggle() { tell({ paused: !live.paused, waiting: 0 }); apply(); }
/** Tries to connect now instead of at the planned time. */
export const retryNow = () => (leads ? stream?.open() : channel?.postMessage({ retry: true }));

function read() {
  leads = true;
  const share = message => channel?.postMessage(message);
  const status = (state, retry) => {
    tell({ state, retry, since: state === 'lost' ? live.since ?? Date.now() : null });
    share({ live });
  };
  const hear = (type, data) => { take(type, data); share({ type, data }); };
  stream = follow('/v1/live?topics=overview,calls,tasks,providers,drift', ['snapshot', ...Object.keys(TOPIC)], hear, { status });
}
/** Closes a stream 30 s after its tab was hidden, opens it when the tab is shown. */
export function sleepWhenHidden(close, open, signal) {
  let timer;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(close, 30000);
    else open();
  }, { signal });
}
function hearOther({ data: m }) {
  if (m.type) take(m.type, m.data);
  else if (m.live) tell({ state: m.live.state, since: m.live.since, retry: m.live.retry });
  else if (leads) m.retry ? stream.open() : channel.postMessage({ live });
}
/** Begins; called once there is a session. */
export function start() {
  if (start.done) return;
  start.done = true;
  addEventListener('online', retryNow);
  if (!navigator.locks || !channel) { // plain HTTP on a network address: each visible tab has its own
    read();
    return sleepWhenHidden(() => stream.close(), () => stream.open());
  }
  channel.onmessage = hearOther;
  channel.postMessage({ hello: true });
  // Held as long as the tab lives; then the next in line takes over.
  navigator.locks.request('footing.live', () => { read(); return new Promise(() => {}); });
}

// ---- the project: the newest overview, read once and then kept by the stream ----------------------------------------
let asking = null, newest = null;
function keep(overview) { newest = overview; learn(overview.providers); return newest; }
/** Asks the server the first time and, with `fresh`, again. */
export const overview = fresh => (newest && !fresh ? Promise.resolve(newest)
  : asking ??= get('/v1/overview').then(keep).finally(() => { asking = null; }));
export const known = () => newest;
on('overview', items => keep(items.at(-1)));

/** Puts changed objects over the kept ones, new ones first. */
export function merge(old, changed, key = 'id') {
  const by = new Map(changed.map(item => [item[key], item]));
  const kept = old.map(item => {
    const next = by.get(item[key]);
    by.delete(item[key]);
    return next ? { ...item, ...next } : item;
  });
  return [...[...by.values()].reverse(), ...kept];
}
/** The newest first, by the time in `field`. */
export const newestFirst = (list, field = 'at') => list.sort((a, b) => (a[field] < b[field] ? 1 : -1));
/** Draws every second until `signal` ends. */
export function everySecond(draw, signal) {
  const timer = setInterval(draw, 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
}
