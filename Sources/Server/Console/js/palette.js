// Find or do (Ctrl K), and the list of keys.
import { known } from './data.js';
import { $, closer, h, href, icon, put } from './ui.js';
import { go, singleKeys } from './main.js';
import { ALL, copy, pauseLive, setTheme } from './shell.js';

const LINES = 9;
let last = '';
function modal(kind, label, ...list) {
  const shut = event => { if (event.target === box) box.close(); };
  const box = h('dialog.' + kind, { 'aria-label': label, onclick: shut, onclose: () => box.remove() }, list);
  document.body.append(box);
  box.showModal();
  return box;
}
// Each is: icon, name, address or act, keys.
const commands = () => [
  ...ALL.map(([id, name, to, key]) => [id, 'Go to ' + name, to, 'g ' + key]),
  ['calls', 'Show failed calls', '/calls?outcome=failed'], ['calls', 'Show retried calls', '/calls?outcome=retried'],
  ['tasks', 'Show failed tasks', '/tasks?state=failed'],
  ...(known()?.tasks.now ?? []).map(t => ['tasks', 'Open task: ' + t.title, '/tasks/' + t.id]),
  ...(known()?.providers ?? []).map(p => ['providers', 'Open runbook: ' + p.title, '/providers/' + p.name]),
  ['pause', 'Pause or resume live updates', pauseLive, 'p'],
  ['copy', 'Copy the link to what you see', () => copy(location.href, 'Link copied'), 'y'],
  ...['system', 'light', 'dark'].map(name => [name, 'Theme: ' + name, () => setTheme(name)]), ['keys', 'Show all keys', sheet, '?'],
];
/** An id that was pasted opens its object; any other text looks for calls. */
function pasted(id) {
  if (/^tk_\w+$/.test(id)) return ['tasks', 'Open task ' + id, '/tasks/' + id];
  if (/^c_\w+$/.test(id)) return ['calls', 'Open call ' + id, '/calls?id=' + id];
  return id.length > 2 && ['calls', `Find calls with “${id}”`, '/calls?q=' + encodeURIComponent(id)];
}
const caps = keys => keys.split(' ').map(k => h('kbd', k));
function matches(all, text) {
  const words = text.toLowerCase().split(/\s+/), fit = all.filter(c => words.every(w => c[1].toLowerCase().includes(w)));
  return [...fit.slice(0, text ? LINES - 1 : LINES), pasted(text)].filter(Boolean).slice(0, LINES);
}

export function palette() {
  if ($('dialog')) return;
  const all = commands(), list = h('ul', { id: 'hits', role: 'listbox', 'aria-label': 'Results' });
  let shown = [], at = 0;
  function run([, , to]) {
    last = input.value;
    box.close();
    if (typeof to === 'string') go(href(to));
    else to();
  }
  function mark(i) {
    at = i;
    [...list.children].forEach((li, i) => li.setAttribute('aria-selected', i === at));
    input.setAttribute('aria-activedescendant', 'hit' + at);
  }
  const line = (c, i) => h('li',
    { id: 'hit' + i, role: 'option', onclick: () => run(c), onpointermove: () => i !== at && mark(i) },
    icon(c[0]), h('span', c[1]), c[3] && h('span.push', caps(c[3])));
  function draw() {
    shown = matches(all, input.value.trim());
    put(list, shown.map(line), !shown.length && h('li', 'Nothing by that name. Paste an id (c_… or tk_…) to open it.'));
    mark(0);
  }
  function press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter' && shown[at]) return run(shown[at]);
    if (!step || !shown.length) return;
    event.preventDefault();
    mark((at + step + shown.length) % shown.length);
  }
  const input = h('input', {
    role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'hits', 'aria-label': 'Find or do', autocomplete: 'off',
    placeholder: 'Find a page, task, provider or id, or do something…', value: last, oninput: draw, onkeydown: press,
  });
  const foot = h('footer.row', h('kbd', '↑↓'), 'choose', h('kbd', '↵'), 'open', h('kbd', 'esc'), 'close');
  const box = modal('palette', 'Find or do', h('div.row.palette-head', icon('search'), input), list, foot);
  draw();
  input.select();
}
export function sheet() {
  if ($('dialog')) return;
  const rows = [['Ctrl K', 'Find or do'], ...ALL.map(p => ['g ' + p[3], p[1]]), ['/', 'Filter this page'],
    ['j k', 'Next, previous row'], ['↵', 'Open'], ['esc', 'Close, then clear, then back'], ['p', 'Pause or resume live updates'],
    ['y', 'Copy the link to what you see'], ['?', 'This list']];
  const box = modal('sheet', 'Keys', h('header.row', h('h2', 'Keys'), closer(() => box.close())),
    h('dl', rows.map(([keys, text]) => h('div', h('dt', caps(keys)), h('dd', text)))),
    h('label.row', h('input', { type: 'checkbox', checked: singleKeys(), onchange: e => singleKeys(e.target.checked) }),
      'Single-letter keys are on'));
}
