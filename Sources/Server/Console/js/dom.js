// Elements without markup strings: text is always text, so nothing a vendor wrote can become part of the page.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g; // control and direction characters, shown by number
const plain = value => String(value).replace(HIDDEN, c => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
const kids = list => list.flat(9).filter(k => k != null && k !== false && k !== '').map(k => (k instanceof Node ? k : plain(k)));

function fill(el, [props, ...rest]) {
  if (props?.constructor !== Object) rest.unshift(props);
  else for (const [name, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (name.startsWith('on')) el.addEventListener(name.slice(2), value);
    else if (name === 'vars') place(el, value);
    else el.setAttribute(name, value === true ? '' : value);
  }
  el.append(...kids(rest));
  return el;
}
/** An HTML element: `h('td.n', { title: 'x' }, child, 'text')`; `vars` are custom properties, `onclick` a listener. */
export function h(tag, ...args) {
  const [name, ...classes] = tag.split('.'), el = document.createElement(name);
  if (classes.length) el.className = classes.join(' ');
  return fill(el, args);
}
export const s = (tag, ...args) => fill(document.createElementNS('http://www.w3.org/2000/svg', tag), args);
export const $ = (query, root = document) => root.querySelector(query);
/** Positions are custom properties set through the CSSOM, which the policy allows; a style attribute is refused. */
export function place(el, vars) { for (const name in vars) el.style.setProperty('--' + name, vars[name]); }
export function put(el, ...list) { el.replaceChildren(...kids(list)); return el; }
/** Writes a text only when it changed, so that a selection in it survives. */
export function write(el, value) { const now = plain(value ?? ''); if (el.textContent !== now) el.textContent = now; }
/** True while a person points at the element or works in it: live changes then leave it alone. */
export const held = el => el.matches(':hover, :focus-within');

/** Makes the children of `parent` match `items` by key: unchanged ones stay the same element, held ones are left for the next time. */
export function keyed(parent, items, key, draw) {
  const old = new Map([...parent.children].map(el => [el.key, el]));
  let at = parent.firstChild;
  for (const item of items) {
    const id = item[key], print = JSON.stringify(item), was = old.get(id), el = was && (was.print === print || held(was)) ? was : Object.assign(draw(item, !was), { key: id, print });
    old.delete(id);
    if (was && el !== was) { if (at === was) at = el; was.replaceWith(el); }
    if (el === at) at = at.nextSibling; else parent.insertBefore(el, at);
  }
  for (const el of old.values()) el.remove();
}

// ---- numbers and times as people read them; a narrow no-break space stands before a unit -------------------------
const two = n => String(Math.floor(n)).padStart(2, '0');
export const count = n => String(Math.round(n ?? 0)).replace(/\B(?=(\d{3})+$)/g, ',');
export const many = (n, one) => `${count(n)} ${one}${n === 1 ? '' : 's'}`;
/** A count that is quiet when it is nothing. */
export const loud = n => (n ? h('b', count(n)) : h('span.dim', '0'));
/** A duration with three digits that matter. */
export function span(ms) {
  if (ms == null) return '–';
  if (ms < 999.5) return `${ms < .1 ? '<0.1' : ms < 1 ? ms.toFixed(1) : Math.round(ms)}\u202fms`;
  if (ms < 59950) return `${(ms / 1000).toFixed(ms < 9995 ? 2 : 1)}\u202fs`;
  return ms < 36e5 ? `${Math.floor(ms / 6e4)}\u202fmin ${two(ms / 1000 % 60)}\u202fs` : `${Math.floor(ms / 36e5)}\u202fh ${two(ms / 6e4 % 60)}\u202fmin`;
}
export const bytes = n => (n < 1000 ? n + '\u202fB' : n < 999500 ? Math.round(n / 1000) + '\u202fKB' : (n / 1e6).toFixed(1) + '\u202fMB');
/** The reader's own clock: 14:31:50, with `millis` 14:31:50.120. */
export function clock(at, millis) {
  const d = new Date(at);
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}${millis ? '.' + String(d.getMilliseconds()).padStart(3, '0') : ''}`;
}
/** Under an hour an age, today a clock, else a date. */
export function age(at) {
  const d = new Date(at), sec = (Date.now() - d) / 1000;
  if (!at || sec < 2) return at ? 'now' : 'never';
  if (sec < 3600) return sec < 60 ? `${Math.floor(sec)}\u202fs ago` : `${Math.floor(sec / 60)}\u202fmin ago`;
  return d.toDateString() === new Date().toDateString() ? clock(d).slice(0, 5) : d.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}
/** Local to read, UTC in the title to compare with logs. */
export const time = (at, shown = clock(at)) => h('time', { datetime: at, title: at && new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC') }, shown);
/** How long a task took or runs. */
export const ran = t => (t.started ? (t.finished ? new Date(t.finished) : Date.now()) - new Date(t.started) : null);
