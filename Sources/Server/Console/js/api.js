// The one way to the server. Every failure is a problem: who failed, what a person may read, what to do.
let away = () => {};
/** Names what happens when the session has ended. */
export const onSignedOut = act => { away = act; };

export async function ask(path, options = {}) {
  let answer;
  try { answer = await fetch(path, { ...options, headers: { accept: 'application/json', ...options.headers } }); } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw { status: 0, source: 'footing', title: 'Footing does not answer.', detail: 'The server may be stopped or starting: footing serve. This page goes on by itself.' };
  }
  const data = /json/.test(answer.headers.get('content-type')) ? await answer.json().catch(() => null) : null;
  if (answer.ok || answer.type === 'opaqueredirect') return data;
  if (answer.status === 401) away();
  throw { title: `Footing answered with ${answer.status}.`, source: 'footing', ...data, status: answer.status };
}
export const get = (path, signal) => ask(path, { signal });
/** A write; the same `key` is the same act, so a double click is one. */
export const post = (path, body, key) => ask(path, { method: 'POST', body, headers: { 'X-Footing-Request': '1', 'Idempotency-Key': key ?? crypto.randomUUID?.() ?? Math.random() } });

/** A query string of the fields that have a value. */
export const search = fields => '?' + new URLSearchParams(Object.entries(fields).filter(([, value]) => value));

/** Follows server-sent events: `hear(type, data, number)`. Connects again after 1, 2, 4, 8, then every 15 s; `resume` asks for what came after the last number. */
export function follow(path, types, hear, { signal, resume, status = () => {} } = {}) {
  let source, timer, failed = 0, last = 0;
  const close = () => { clearTimeout(timer); source?.close(); };
  const open = () => {
    close();
    source = new EventSource(resume && last ? `${path}?after=${last}` : path);
    source.onopen = () => { failed = 0; status('open'); };
    source.onerror = () => {
      close();
      const wait = [1, 2, 4, 8][failed++] ?? 15;
      timer = setTimeout(open, wait * 1000);
      status('lost', Date.now() + wait * 1000);
    };
    for (const type of types) source.addEventListener(type, event => { last = event.lastEventId; hear(type, JSON.parse(event.data), Number(last)); });
  };
  signal?.addEventListener('abort', close);
  open();
  return { open, close };
}
