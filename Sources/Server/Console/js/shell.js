// What surrounds every page: navigation, top bar, the light of the stream, the banner, toasts.
import { live, known, on, retryNow, toggle, watch } from './data.js';
import { $, closer, glyph, h, href, icon, link, mark, pill, put, write } from './ui.js';
import { clock } from './words.js';

const GROUPS = [ // group, then its pages: id, name, address, key
  ['Now', [['overview', 'Overview', '/', 'o'], ['calls', 'Calls', '/calls', 'c'], ['tasks', 'Tasks', '/tasks', 't']]],
  ['Agreements', [['providers', 'Providers', '/providers', 'p'], ['drift', 'Drift', '/drift', 'd'],
    ['inventory', 'Inventory', '/inventory', 'i']]],
  ['Trust', [['score', 'Score', '/score', 's']]],
];
/** The pages there are. */
export const ALL = GROUPS.flatMap(group => group[1]);
const all = query => document.querySelectorAll(query);

// ---- answers that come and go ----------------------------------------------------------------------------------------
/** Success leaves after 5 s, a failure stays; never the only place of an answer. */
export function toast(text, state = 'ok') {
  const box = h('div.toast', pill([state, text]), closer(() => box.remove(), 'Dismiss'));
  $('#toasts').append(box);
  if (state !== 'fail') setTimeout(() => box.remove(), 5000);
}
export const copy = (text, said = 'Copied') => Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject())
  .then(() => toast(said), () => toast('The browser did not allow copying. Select the text instead.', 'warn'));

// One polite line a page, at most every 10 s.
let spoken = 0, next;
export function say(text) {
  const waits = next;
  next = text;
  if (!waits) setTimeout(() => {
    write($('#spoken'), next);
    spoken = Date.now();
    next = null;
  }, Math.max(0, spoken + 10000 - Date.now()));
}

// ---- theme -----------------------------------------------------------------------------------------------------------
const THEMES = ['system', 'light', 'dark'], root = document.documentElement.dataset;
const theme = () => root.theme ?? 'system', after = () => THEMES[(THEMES.indexOf(theme()) + 1) % 3];
const themeButton = h('button.icon-btn', { onclick: () => setTheme(after()) });
export function setTheme(name) {
  if (name === 'system') delete root.theme;
  else root.theme = name;
  try { localStorage.setItem('footing.theme', name); } catch { /* not kept */ }
  drawTheme();
}
function drawTheme() {
  const text = `Theme: ${theme()}. Switch to ${after()}`;
  put(themeButton, icon(theme())).title = text;
  themeButton.setAttribute('aria-label', text);
}

// ---- the stream ------------------------------------------------------------------------------------------------------
const light = h('button.live', { onclick: () => pauseLive(), 'aria-keyshortcuts': 'p', title: 'Pause or resume (p)' });
export function pauseLive() {
  toggle();
  if (live.paused) toast('Paused. Nothing is lost; what comes is counted.', 'hold');
  else toast('Live again.');
}
let ticking = 0;
function drawLive() {
  const lost = live.state === 'lost', paused = `Paused${live.waiting ? `, ${live.waiting} wait` : ''}`;
  const text = live.paused ? paused : { lost: 'Not connected', open: 'Live' }[live.state] ?? 'Connecting';
  put(light, h('i', { 'data-s': live.paused || live.state !== 'open' ? 'hold' : 'ok' }), h('span', text));
  light.setAttribute('aria-pressed', live.paused);
  clearInterval(ticking);
  if (lost) {
    drawBanner();
    ticking = setInterval(drawBanner, 1000);
  } else put($('#banner'));
  settle();
}
/** Says that what is on screen is old, how old, and what happens next. */
function drawBanner() {
  const box = $('#banner'), left = Math.ceil((live.retry - Date.now()) / 1000);
  const old = Math.round((Date.now() - live.heard) / 1000), next = left > 0 ? `Trying again in ${left} s.` : 'Trying now.';
  if (!box.firstChild) {
    const text = h('span.pill', { 'data-s': 'warn' }, glyph('warn'), h('span'));
    put(box, h('div.row.banner', text, h('button.quiet', { onclick: retryNow }, 'Try now')));
  }
  write($('.pill span', box), `Not connected since ${clock(live.since)}. What you see is ${old} s old. ${next}`);
}
/** Buttons that write are dashed while nothing is connected, and say why. */
export function settle() {
  const lost = live.state === 'lost';
  for (const button of all('[data-write]')) {
    button.disabled = lost || button.dataset.write === 'busy';
    button.title = lost ? 'Not connected; nothing can be changed now' : '';
  }
}

// ---- navigation ------------------------------------------------------------------------------------------------------
const entry = ([id, name, to], size) => h('a', { href: href(to), 'data-page': id }, icon(id, size), h('span', name), h('em'));
const where = h('div.where'), crumbs = h('div.crumbs.row');
export function drawProject() {
  const { environment, first_run, inventory, project, providers, score, tasks } = known();
  document.body.dataset.env = environment;
  put(where, h('b', project), h('small', environment === 'production' ? 'Production' : 'Sandbox, no real money'));
  const counts = first_run ? {} : {
    tasks: tasks.running + tasks.queued || '', score: `${score.proven}/${score.of}`,
    inventory: inventory?.refused ? '!' : '',
    providers: providers.filter(p => p.state === 'failing' || p.state === 'slow').length || '',
  };
  for (const a of all('.group a')) write($('em', a), counts[a.dataset.page] ?? '');
}
/** Marks where we are: the entry of the navigation, then with `view` the crumbs and the title of the window. */
export function around(page = '', view) {
  document.body.dataset.page = page;
  document.body.classList.remove('nav-open', 'drawer-open');
  for (const a of all('a[data-page]')) {
    if (a.dataset.page === page) a.setAttribute('aria-current', 'page');
    else a.removeAttribute('aria-current');
  }
  if (!view) return;
  const [, name, to] = ALL.find(p => p[0] === page) ?? [];
  put(crumbs, view.crumb ? [link(to, name), icon('next', 12), h('b', view.crumb)] : h('b', name ?? view.title));
  document.title = [...new Set([view.title, name, 'Footing'])].filter(Boolean).join(' · ');
  settle();
}
const group = ([name, pages]) => h('div.group', h('p', name), h('ul', pages.map(p => h('li', entry(p)))));
const menu = turn => document.body.classList.toggle('nav-open', turn);
/** Draws the frame once; `find` opens the palette. */
export function shell(find) {
  $('#side').append(h('a.row.brand', { href: href(), 'aria-label': 'Footing, overview' }, mark(), 'Footing'), where,
    ...GROUPS.map(group), h('p.version', h('a.row', { href: href('/login') }, icon('out', 14), 'Sign in as another')));
  const search = { onclick: find, 'aria-keyshortcuts': 'Control+K Meta+K', 'aria-label': 'Find or do' };
  $('#top').append(h('button.icon-btn.menu', { 'aria-label': 'Menu', onclick: () => menu() }, icon('more')), crumbs,
    h('div.row.top-end', h('button.row.find', search, icon('search', 14), h('span', 'Find or do'), h('kbd', 'Ctrl K')),
      light, themeButton));
  $('#tabs').append(...ALL.filter(p => p[0] !== 'inventory').map(p => entry(p, 18))); // six have room
  drawTheme();
  watch(drawLive);
  on('overview', drawProject);
  document.addEventListener('click', ({ target }) => {
    const line = target.closest('[data-copy]');
    if (line) copy(line.dataset.copy);
    if (!target.closest('.side, .menu')) menu(false);
  });
}
