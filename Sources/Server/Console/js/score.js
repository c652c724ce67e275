// How many of eight are proven, and what is next. Solid carries, an open frame does not yet, hatching was never measured.
import { h, age, time } from './dom.js';
import { get } from './api.js';
import { command, glyph, icon, lead, pill, section } from './parts.js';
import { verdict } from './words.js';

const shape = c => verdict(c.verdict)[0], to = c => '#check-' + c.n, BANDS = ['demo', 'closed pilot', 'public beta'];
// Only an address of this server is a link.
const evidence = e => h('li', /^\/(?![/\\])/.test(e.link) ? h('a', { href: e.link }, e.text) : e.text, e.count != null && h('span.dim', ` ${e.count}`));
const check = c => h('details.check', { id: 'check-' + c.n, open: c.verdict !== 'proven' }, h('summary', h('span.num', c.n), h('span.two', h('b', c.name), h('small', c.question)), pill(verdict(c.verdict)), h('span.age', c.verdict === 'not_measured' ? 'never' : time(c.at, age(c.at))), icon('next', 12)),
  h('div.proof', c.evidence?.length ? h('ul', c.evidence.map(evidence)) : h('p', 'Nothing was measured yet.'), c.next && h('div.row.wrap', h('span', h('b', 'Next step. '), c.next.text), c.next.command && command(c.next.command))));

export default async function page({ signal }) {
  const s = await get('/v1/score', signal), next = s.checks.filter(c => c.verdict !== 'proven' && c.next);
  return {
    title: 'Score', nodes: [h('div.scorehead',
      h('div', lead(h('h1', s.sentence), h('p', 'Each check is counted from what happened, never from a tick in a box.')), h('ol.todo', next.slice(0, 4).map(c => h('li.row', glyph(shape(c)), h('a', { href: to(c) }, h('b', c.next.text)), h('span.dim.push', 'check ' + c.n))))),
      h('figure.wall', { 'aria-label': `${s.proven} of ${s.of} checks proven` }, h('ol', s.checks.map(c => h('li', { 'data-s': shape(c) }, h('a', { href: to(c), title: `${c.name}: ${verdict(c.verdict)[1]}` }, h('b', c.n), h('span', c.name))))), h('div.ground'), h('div.bands', BANDS.map(b => h('span', { class: s.band === b && 'here' }, b))))),
    section('Eight checks', null, null, h('div.checks.rows', s.checks.map(check))), h('p.row.wrap.fine', 'In CI: ', command(`footing score --min ${Math.max(1, s.proven)}`), 'ends with an error when the score falls.')],
  };
}
