// How many of eight are proven, and what is next. Solid carries, an open frame does not yet, hatching was never measured.
import { get } from './data.js';
import { command, glyph, h, icon, lead, pill, section, time } from './ui.js';
import { age, band, count, verdict, BANDS } from './words.js';

const shape = c => verdict(c.verdict)[0], to = c => '#check-' + c.n;
// Only an address of this server is a link.
const isOurs = to => /^\/(?![/\\])/.test(to);
function evidence(e) {
  const text = `${e.count == null ? '' : count(e.count) + ' '}${e.text}`;
  return h('li', isOurs(e.link) ? h('a', { href: e.link }, text) : text);
}
/** Text in which names stand between backticks. */
const named = text => text.split('\x60').map((part, i) => (i % 2 ? h('code', part) : part));
const proof = c => h('div.proof',
  c.evidence?.length ? h('ul', c.evidence.map(evidence)) : h('p', 'Nothing was measured yet.'),
  c.next && h('div.row.wrap', h('span', h('b', 'Next step. '), named(c.next.text)), c.next.command && command(c.next.command)));
const check = c => h('details.check', { id: 'check-' + c.n, open: c.verdict !== 'proven' },
  h('summary', h('span.num', c.n), h('span.two', h('b', c.name), h('small', c.question)), pill(verdict(c.verdict)),
    h('span.age', c.verdict === 'not_measured' ? 'never' : time(c.at, age(c.at))), icon('next', 12)), proof(c));
const block = c => h('li', { 'data-s': shape(c) },
  h('a', { href: to(c), title: `${c.name}: ${verdict(c.verdict)[1]}` }, h('b', c.n), h('span', c.name)));
const next = c => h('li.row', glyph(shape(c)), h('a', { href: to(c) }, h('b', named(c.next.text))), h('span.dim.push', 'check ' + c.n));

export default async function page({ signal }) {
  const s = await get('/v1/score', signal), open = s.checks.filter(c => c.verdict !== 'proven' && c.next);
  return {
    title: 'Score',
    nodes: [
      h('div.scorehead',
        h('div', lead(h('h1', s.sentence), h('p', 'Each check is counted from what happened, never from a tick in a box.')),
          h('ol.todo', open.slice(0, 4).map(next))),
        h('figure.wall', { 'aria-label': `${s.proven} of ${s.of} checks proven` }, h('ol', s.checks.map(block)), h('div.ground'),
          h('div.bands', BANDS.map(b => h('span', { class: band(s) === b && 'here' }, b))))),
      section('Eight checks', null, null, h('div.checks.rows', s.checks.map(check))),
      h('p.row.wrap.fine', 'In CI: ', command(`footing score --at-least ${Math.max(1, s.proven)}`),
        'ends with an error when the score falls.'),
    ],
  };
}
