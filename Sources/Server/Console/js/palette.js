// Find or do (Ctrl K), and the list of keys.
import { h, $, put } from './dom.js';
import { icon, closer } from './parts.js';
import { known } from './project.js';
import { go, href } from './router.js';
import { ALL, copy, pauseLive, setTheme } from './shell.js';
import { single } from './keys.js';

let last = '';
function modal(kind, label, ...list) {
  const box = h('dialog.' + kind, { 'aria-label': label, onclick: e => e.target === box && box.close(), onclose: () => box.remove() }, list);
  document.body.append(box);
  box.showModal();
  return box;
}
// Each is: icon, name, address or act, keys.
const commands = () => [
  ...ALL.map(([id, name, to, key]) => [id, 'Go to ' + name, to, 'g ' + key]),
  ['calls', 'Show failed calls', '/calls?outcome=failed'], ['calls', 'Show retried calls', '/calls?outcome=retried'], ['tasks', 'Show failed tasks', '/tasks?state=failed'],
  ...(known()?.tasks.now ?? []).map(t => ['tasks', 'Open task: ' + t.title, '/tasks/' + t.id]), ...(known()?.providers ?? []).map(p => ['providers', 'Open runbook: ' + p.title, '/providers/' + p.name]),
  ['pause', 'Pause or resume live updates', pauseLive, 'p'], ['copy', 'Copy the link to what you see', () => copy(location.href, 'Link copied'), 'y'],
  ...['system', 'light', 'dark'].map(name => [name, 'Theme: ' + name, () => setTheme(name)]), ['keys', 'Show all keys', sheet, '?'],
];
/** An id that was pasted opens its object; any other text looks for calls. */
const pasted = id => (/^tk_\w+$/.test(id) ? ['tasks', 'Open task ' + id, '/tasks/' + id] : /^c_\w+$/.test(id) ? ['calls', 'Open call ' + id, '/calls?id=' + id] : id.length > 2 && ['calls', `Find calls with “${id}”`, '/calls?q=' + encodeURIComponent(id)]);

export function palette() {
  if ($('dialog')) return;
  let shown = [], at = 0;
  const all = commands(), list = h('ul', { id: 'hits', role: 'listbox', 'aria-label': 'Results' });
  const run = ([, , to]) => { last = input.value; box.close(); typeof to === 'string' ? go(href(to)) : to(); };
  const mark = () => { [...list.children].forEach((li, i) => li.setAttribute('aria-selected', i === at)); input.setAttribute('aria-activedescendant', 'hit' + at); };
  const draw = () => {
    const text = input.value.trim(), words = text.toLowerCase().split(/\s+/);
    shown = [...all.filter(c => words.every(w => c[1].toLowerCase().includes(w))).slice(0, text ? 8 : 9), pasted(text)].filter(Boolean).slice(0, 9);
    at = 0;
    put(list, shown.map((c, i) => h('li', { id: 'hit' + i, role: 'option', onclick: () => run(c), onpointermove: () => { if (i !== at) { at = i; mark(); } } }, icon(c[0]), h('span', c[1]), c[3] && h('span.push', c[3].split(' ').map(k => h('kbd', k))))), !shown.length && h('li', 'Nothing by that name. Paste an id (c_… or tk_…) to open it.'));
    mark();
  };
  const input = h('input', { role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'hits', 'aria-label': 'Find or do', placeholder: 'Find a page, task, provider or id, or do something…', autocomplete: 'off', value: last, oninput: draw, onkeydown(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) { event.preventDefault(); at = (at + step + shown.length) % shown.length; mark(); } else if (event.key === 'Enter' && shown[at]) run(shown[at]);
  } });
  const box = modal('palette', 'Find or do', h('div.row.palette-head', icon('search'), input), list, h('footer.row', h('kbd', '↑↓'), 'choose', h('kbd', '↵'), 'open', h('kbd', 'esc'), 'close'));
  draw();
  input.select();
}
export function sheet() {
  if ($('dialog')) return;
  const rows = [['Ctrl K', 'Find or do'], ...ALL.map(p => ['g ' + p[3], p[1]]), ['/', 'Filter this page'], ['j k', 'Next, previous row'], ['↵', 'Open'], ['esc', 'Close, then clear, then back'], ['p', 'Pause or resume live updates'], ['y', 'Copy the link to what you see'], ['?', 'This list']];
  const box = modal('sheet', 'Keys', h('header.row', h('h2', 'Keys'), closer(() => box.close())), h('dl', rows.map(([k, t]) => h('div', h('dt', k.split(' ').map(x => h('kbd', x))), h('dd', t)))),
    h('label.row', h('input', { type: 'checkbox', checked: single(), onchange: e => single(e.target.checked) }), 'Single-letter keys are on'));
}
