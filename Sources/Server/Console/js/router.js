// Addresses to pages: the path is the page, the query its filter; unknown fields are kept.
import { $, put } from './dom.js';
import { failure, ghosts } from './parts.js';

const BASE = '/console';
const ROUTES = [ // address, entry of the navigation, module
  [/^\/$/, 'overview'], [/^\/calls$/, 'calls'], [/^\/tasks$/, 'tasks'], [/^\/tasks\/([^/]+)$/, 'tasks', 'task'],
  [/^\/providers$/, 'providers'], [/^\/providers\/([^/]+)$/, 'providers', 'provider'], [/^\/score$/, 'score'], [/^\/login$/, 'login'],
];
let current = new AbortController(), around;
export const path = () => location.pathname.slice(BASE.length).replace(/(.)\/+$/, '$1') || '/';
export const href = (to = '/') => BASE + to;

export function go(to, replace) {
  if (to === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  show();
}
/** Writes fields of the filter into the address; empty ones leave it. */
export function setQuery(fields, push) {
  const url = new URL(location);
  for (const [name, value] of Object.entries(fields)) value ? url.searchParams.set(name, value) : url.searchParams.delete(name);
  if (url.href !== location.href) history[push ? 'pushState' : 'replaceState'](null, '', url);
}
/** Opens the page of the address: nothing for 150 ms, then hatched lines, then the page or what failed. */
export async function show() {
  current.abort();
  const { signal } = (current = new AbortController()), main = $('#main');
  const [route, found] = ROUTES.map(r => [r, r[0].exec(path())]).find(r => r[1]) ?? [[]];
  const wait = setTimeout(() => put(main, ghosts()), 150), long = setTimeout(() => $('.ghosts')?.append('Reading the ledger. It is larger than usual.'), 1150);
  let view;
  around(route[1]);
  try {
    if (!found) throw { status: 404, title: 'There is no page at this address.' };
    const page = await import(`./${route[2] ?? route[1]}.js`);
    view = await page.default({ id: found[1] && decodeURIComponent(found[1]), query: new URLSearchParams(location.search), signal });
  } catch (problem) {
    if (signal.aborted || problem.status === 401) return;
    if (problem.status === undefined) console.error(problem);
    view = { title: 'Problem', failed: problem.status, nodes: [failure(problem, show)] };
  } finally { clearTimeout(wait); clearTimeout(long); }
  if (signal.aborted) return;
  put(main, view.nodes);
  around(route[1], view);
  view.shown?.();
  show.failed = view.failed;
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  jump();
}
function jump() {
  const to = location.hash && document.getElementById(location.hash.slice(1));
  if (to) { to.open = true; to.scrollIntoView({ block: 'center' }); }
}
/** Begins; `frame` draws what surrounds the page. */
export function route(frame) {
  around = frame;
  addEventListener('popstate', () => (location.hash ? jump() : show()));
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target || link.download) return;
    if (link.origin !== location.origin || !(link.pathname + '/').startsWith(BASE + '/') || (link.hash && link.pathname === location.pathname)) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
  show();
}
