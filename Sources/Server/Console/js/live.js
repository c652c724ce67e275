// One stream a browser: the tab that holds the lock reads it and passes events on to the others.
import { follow } from './api.js';

const TOPIC = { overview: 'overview', call: 'calls', task: 'tasks', provider: 'providers' };
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
  if (live.paused) tell({ waiting: live.waiting + (type === 'call') });
  else if (!asked) { asked = true; document.hidden ? setTimeout(apply, 250) : requestAnimationFrame(apply); } // a hidden tab has no frames
}
function apply() {
  asked = false;
  if (live.paused) return;
  const list = batch, changes = {};
  batch = [];
  const send = (topic, items, snapshot) => listeners[topic]?.forEach(hear => hear(items, snapshot));
  for (const [type, data] of list) if (type === 'snapshot') send(data.topic, data.items, true); else (changes[TOPIC[type]] ??= []).push(data);
  for (const topic in changes) send(topic, changes[topic]);
}
/** Stops and starts showing changes; the stream goes on and what comes is counted. */
export function toggle() { tell({ paused: !live.paused, waiting: 0 }); apply(); }
/** Tries to connect now instead of at the planned time. */
export const retryNow = () => (leads ? stream?.open() : channel?.postMessage({ retry: true }));

function read() {
  leads = true;
  const share = message => channel?.postMessage(message);
  stream = follow('/v1/live?topics=overview,calls,tasks,providers', ['snapshot', ...Object.keys(TOPIC)], (type, data) => { take(type, data); share({ type, data }); },
    { status(state, retry) { tell({ state, retry, since: state === 'lost' ? live.since ?? Date.now() : null }); share({ live }); } });
}
/** Begins; called once there is a session. */
export function start() {
  if (start.done) return;
  start.done = true;
  addEventListener('online', retryNow);
  if (!navigator.locks || !channel) { // plain HTTP on a network address: each visible tab has its own, closed 30 s after it is hidden
    let timer;
    document.addEventListener('visibilitychange', () => { clearTimeout(timer); if (document.hidden) timer = setTimeout(() => stream.close(), 30000); else stream.open(); });
    return read();
  }
  channel.onmessage = ({ data: m }) => {
    if (m.type) take(m.type, m.data);
    else if (m.live) tell({ state: m.live.state, since: m.live.since, retry: m.live.retry });
    else if (leads) m.retry ? stream.open() : channel.postMessage({ live });
  };
  channel.postMessage({ hello: true });
  navigator.locks.request('footing.live', () => { read(); return new Promise(() => {}); }); // held as long as the tab lives; then the next in line takes over
}
