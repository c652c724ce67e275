// What surrounds every page: navigation, top bar, the light of the stream, the banner, toasts.
import { h, $, put, write, clock } from './dom.js';
import { glyph, icon, mark, pill, closer } from './parts.js';
import { live, on, watch, toggle, retryNow } from './live.js';
import { known } from './project.js';
import { href } from './router.js';

const GROUPS = [ // group, then its pages: id, name, address, key
  ['Now', [['overview', 'Overview', '/', 'o'], ['calls', 'Calls', '/calls', 'c'], ['tasks', 'Tasks', '/tasks', 't']]],
  ['Agreements', [['providers', 'Providers', '/providers', 'p']]], ['Trust', [['score', 'Score', '/score', 's']]],
];
/** The pages there are. */
export const ALL = GROUPS.flatMap(group => group[1]);

/** Success leaves after 5 s, a failure stays; never the only place of an answer. */
export function toast(text, state = 'ok') {
  const box = h('div.toast', pill([state, text]), closer(() => box.remove(), 'Dismiss'));
  $('#toasts').append(box);
  if (state !== 'fail') setTimeout(() => box.remove(), 5000);
}
export async function copy(text, said = 'Copied') {
  try { await navigator.clipboard.writeText(text); toast(said); } catch { toast('The browser did not allow copying. Select the text instead.', 'warn'); }
}

// One polite line a page, at most every 10 s.
let spoken = 0, next;
export function say(text) {
  const waits = next;
  next = text;
  if (!waits) setTimeout(() => { write($('#spoken'), next); spoken = Date.now(); next = null; }, Math.max(0, spoken + 10000 - Date.now()));
}

const THEMES = ['system', 'light', 'dark'], root = document.documentElement.dataset, themeButton = h('button.icon-btn', { onclick: () => setTheme(after()) });
const after = () => THEMES[(THEMES.indexOf(root.theme ?? 'system') + 1) % 3];
export function setTheme(name) {
  name === 'system' ? delete root.theme : (root.theme = name);
  try { localStorage.setItem('footing.theme', name); } catch { /* not kept */ }
  drawTheme();
}
function drawTheme() {
  const name = root.theme ?? 'system', text = `Theme: ${name}. Switch to ${after()}`;
  put(themeButton, icon(name)).title = text;
  themeButton.setAttribute('aria-label', text);
}

// ---- the stream --------------------------------------------------------------------------------------------------
const light = h('button.live', { onclick: () => pauseLive(), 'aria-keyshortcuts': 'p', title: 'Pause or resume (p)' });
export function pauseLive() { toggle(); toast(live.paused ? 'Paused. Nothing is lost; what comes is counted.' : 'Live again.', live.paused ? 'hold' : 'ok'); }
let ticking = 0;
function drawLive() {
  const lost = live.state === 'lost', text = live.paused ? `Paused${live.waiting ? `, ${live.waiting} wait` : ''}` : { lost: 'Not connected', open: 'Live' }[live.state] ?? 'Connecting';
  put(light, h('i', { 'data-s': live.paused || live.state !== 'open' ? 'hold' : 'ok' }), h('span', text)).setAttribute('aria-pressed', live.paused);
  clearInterval(ticking);
  if (lost) { drawBanner(); ticking = setInterval(drawBanner, 1000); } else put($('#banner'));
  settle();
}
/** Says that what is on screen is old, how old, and what happens next. */
function drawBanner() {
  const box = $('#banner'), left = Math.ceil((live.retry - Date.now()) / 1000);
  if (!box.firstChild) put(box, h('div.row.banner', h('span.pill', { 'data-s': 'warn' }, glyph('warn'), h('span')), h('button.quiet', { onclick: retryNow }, 'Try now')));
  write($('.pill span', box), `Not connected since ${clock(live.since)}. What you see is ${Math.round((Date.now() - live.heard) / 1000)} s old. ${left > 0 ? `Trying again in ${left} s.` : 'Trying now.'}`);
}
/** Buttons that write are dashed while nothing is connected, and say why. */
export function settle() {
  for (const button of document.querySelectorAll('[data-write]')) { button.disabled = live.state === 'lost' || button.dataset.write === 'busy'; button.title = live.state === 'lost' ? 'Not connected; nothing can be changed now' : ''; }
}

// ---- navigation --------------------------------------------------------------------------------------------------
const entry = ([id, name, to], size) => h('a', { href: href(to), 'data-page': id }, icon(id, size), h('span', name)), where = h('div.where'), crumbs = h('div.crumbs.row');
export function drawProject() {
  const o = known();
  document.body.dataset.env = o.environment;
  put(where, h('b', o.project), h('small', o.environment === 'production' ? 'Production' : 'Sandbox, no real money'));
  const counts = o.first_run ? {} : { tasks: o.tasks.running + o.tasks.queued || '', providers: o.providers.filter(p => p.state === 'failing' || p.state === 'slow').length || '', score: `${o.score.proven}/${o.score.of}` };
  for (const link of document.querySelectorAll('.group a')) write($('em', link), counts[link.dataset.page] ?? '');
}
/** Marks where we are: the entry of the navigation, then with `view` the crumbs and the title of the window. */
export function around(page, view) {
  document.body.dataset.page = page ?? '';
  document.body.classList.remove('nav-open', 'drawer-open');
  for (const link of document.querySelectorAll('a[data-page]')) link.dataset.page === page ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  if (!view) return;
  const [, name, to] = ALL.find(p => p[0] === page) ?? [];
  put(crumbs, view.crumb ? [h('a', { href: href(to) }, name), icon('next', 12), h('b', view.crumb)] : h('b', name ?? view.title));
  document.title = [...new Set([view.title, name, 'Footing'])].filter(Boolean).join(' · ');
  settle();
}
/** Draws the frame once; `find` opens the palette. */
export function shell(find) {
  $('#side').append(h('a.row.brand', { href: href(), 'aria-label': 'Footing, overview' }, mark(), 'Footing'), where, ...GROUPS.map(([name, pages]) => h('div.group', h('p', name), h('ul', pages.map(p => { const link = entry(p); link.append(h('em')); return h('li', link); })))),
    h('p.version', h('a.row', { href: href('/login') }, icon('out', 14), 'Sign in as another')));
  $('#top').append(h('button.icon-btn.menu', { 'aria-label': 'Menu', onclick: () => document.body.classList.toggle('nav-open') }, icon('more')), crumbs,
    h('div.row.top-end', h('button.row.find', { onclick: find, 'aria-keyshortcuts': 'Control+K Meta+K', 'aria-label': 'Find or do' }, icon('search', 14), h('span', 'Find or do'), h('kbd', 'Ctrl K')), light, themeButton));
  $('#tabs').append(...ALL.map(p => entry(p, 18)));
  drawTheme();
  watch(drawLive);
  on('overview', drawProject);
  document.addEventListener('click', ({ target }) => {
    const line = target.closest('[data-copy]');
    if (line) copy(line.dataset.copy);
    if (!target.closest('.side, .menu')) document.body.classList.remove('nav-open');
  });
}
