// The console begins here: addresses become pages, single keys become acts.
import { live, onSignedOut, overview, start, watch } from './data.js';
import { $, failure, ghosts, h, href, put } from './ui.js';
import { ALL, around, copy, drawProject, pauseLive, shell } from './shell.js';

// ---- addresses: the path is the page, the query its filter; unknown fields are kept ---------------------------------
const ROUTES = [ // address, entry of the navigation, module
  [/^\/$/, 'overview'], [/^\/calls$/, 'calls'], [/^\/tasks$/, 'tasks'], [/^\/tasks\/([^/]+)$/, 'tasks', 'task'],
  [/^\/providers$/, 'providers'], [/^\/providers\/([^/]+)$/, 'providers', 'provider'], [/^\/score$/, 'score'],
  [/^\/inventory$/, 'inventory'], [/^\/drift$/, 'drift'],
  [/^\/login$/, 'login'],
];
let current = new AbortController(), failed;
const path = () => location.pathname.slice(href('').length).replace(/(.)\/+$/, '$1') || '/';
const outside = () => path() === '/login';

export function go(to, replace) {
  if (to === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  show();
}
/** Writes fields of the filter into the address; empty ones leave it. */
export function setQuery(fields, push) {
  const url = new URL(location);
  for (const [name, value] of Object.entries(fields)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  if (url.href !== location.href) history[push ? 'pushState' : 'replaceState'](null, '', url);
}
/** The second style sheet, which the overview does without. */
export const styles = () => styles.asked ??= new Promise(done => {
  document.head.append(h('link', { rel: 'stylesheet', href: href('/pages.css'), onload: done, onerror: done }));
});
async function open([address, entry, module = entry] = [], signal) {
  if (!address) throw { status: 404, title: 'There is no page at this address.' };
  const [page] = await Promise.all([import(`./${module}.js`), module !== 'overview' && styles()]);
  const id = address.exec(path())[1];
  return page.default({ id: id && decodeURIComponent(id), query: new URLSearchParams(location.search), signal });
}
/** Opens the page of the address: nothing for 150 ms, then hatched lines, then the page or what failed. */
export async function show() {
  current.abort();
  const { signal } = (current = new AbortController()), main = $('#main');
  const route = ROUTES.find(r => r[0].test(path())), entry = route?.[1];
  const wait = setTimeout(() => put(main, ghosts()), 150);
  const long = setTimeout(() => $('.ghosts')?.append('Reading the ledger. It is larger than usual.'), 1150);
  around(entry);
  failed = undefined;
  const view = await open(route, signal).catch(problem => {
    if (problem.status === undefined && !signal.aborted) console.error(problem);
    failed = problem.status;
    return failed !== 401 && { title: 'Problem', nodes: [failure(problem, show)] };
  });
  clearTimeout(wait);
  clearTimeout(long);
  if (!view || signal.aborted) return;
  put(main, view.nodes);
  around(entry, view);
  view.shown?.();
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  jump();
}
function jump() {
  const to = location.hash && document.getElementById(location.hash.slice(1));
  if (!to) return;
  to.open = true;
  to.scrollIntoView({ block: 'center' });
}
const modified = e => e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey;
/** Links to other pages of the console are opened here; all else is left to the browser. */
function followLink(event) {
  const link = event.target.closest('a[href]');
  if (!link || modified(event) || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (!(link.pathname + '/').startsWith(href()) || (link.hash && link.pathname === location.pathname)) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
}

// ---- keys: never act in fields, never write, can be turned off; each has a visible control too -----------------------
/** Whether single letters act; `turn` changes it. */
export function singleKeys(turn) {
  try {
    if (turn !== undefined) localStorage.setItem('footing.keys', turn ? 'on' : 'off');
    return localStorage.getItem('footing.keys') !== 'off';
  } catch { return true; }
}
const layer = name => () => Promise.all([import('./palette.js'), styles()]).then(([m]) => m[name]());
const palette = layer('palette');
const ACTS = {
  p: pauseLive, '?': layer('sheet'), y: () => copy(location.href, 'Link copied'), '/': () => $('[data-filter]')?.focus(),
  j: () => walk(1), k: () => walk(-1),
};
let chord = 0;
function press(event) {
  const { key } = event, field = event.target.closest('input, select, dialog'), command = event.ctrlKey || event.metaKey;
  if (command && key.toLowerCase() === 'k') { event.preventDefault(); return palette(); }
  if (key === 'Escape' && field?.matches('[data-filter]')) return field.blur();
  if (command || event.altKey || event.defaultPrevented || field || key.length > 1 || !singleKeys()) return;
  const page = event.timeStamp - chord < 1200 && ALL.find(p => p[3] === key);
  chord = key === 'g' ? event.timeStamp : 0;
  const act = page ? () => go(href(page[2])) : ACTS[key];
  if (!act) return;
  event.preventDefault();
  act();
}
/** A page with rows of its own (the calls, a timeline) answers first; elsewhere the links of the list are walked. */
function walk(step) {
  if (!dispatchEvent(new CustomEvent('footing:row', { detail: step, cancelable: true }))) return;
  const rows = [...document.querySelectorAll('.rows :is(td a, summary, li a)')].filter(el => !el.closest('.proof'));
  const at = rows.indexOf(document.activeElement);
  rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
}

// ---- begin -----------------------------------------------------------------------------------------------------------
onSignedOut(() => {
  if (!outside()) go(href('/login?next=') + encodeURIComponent(location.pathname + location.search), true);
});
/** The stream and the names of the project, once there is a session. */
export const begin = () => overview().then(drawProject, () => {}).then(() => { if (!outside()) start(); });
// A lost stream may be an ended session, which the question finds; a page that could not be read is read again on return.
watch(() => {
  if (live.state === 'lost') overview(true).catch(() => {});
  else if (live.state === 'open' && failed === 0) show();
});
shell(palette);
addEventListener('popstate', () => (location.hash ? jump() : show()));
document.addEventListener('click', followLink);
document.addEventListener('keydown', press);
show();
if (!outside()) begin();
