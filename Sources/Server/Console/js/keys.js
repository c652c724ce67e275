// Single keys never act in fields, never write, and can be turned off; each has a visible control too.
import { $ } from './dom.js';
import { go, href } from './router.js';
import { ALL, copy, pauseLive } from './shell.js';

/** Whether single letters act; `turn` changes it. */
export function single(turn) {
  try { if (turn !== undefined) localStorage.setItem('footing.keys', turn ? 'on' : 'off'); return localStorage.getItem('footing.keys') !== 'off'; } catch { return true; }
}
export function keys(palette, sheet) {
  let chord = 0;
  document.addEventListener('keydown', event => {
    const { key } = event, field = event.target.closest('input, select, dialog');
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'k') { event.preventDefault(); return palette(); }
    if (key === 'Escape' && field?.matches('[data-filter]')) return field.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || field || key.length > 1 || !single()) return;
    const page = event.timeStamp - chord < 1200 && ALL.find(p => p[3] === key), step = { j: 1, k: -1 }[key];
    chord = key === 'g' ? event.timeStamp : 0;
    const act = page ? () => go(href(page[2])) : step ? () => walk(step) : { p: pauseLive, '?': sheet, y: () => copy(location.href, 'Link copied'), '/': () => $('[data-filter]')?.focus() }[key];
    if (act) { event.preventDefault(); act(); }
  });
}
// A page with rows of its own (the calls, a timeline) answers first; elsewhere the links of the list are walked.
function walk(step) {
  if (!dispatchEvent(new CustomEvent('footing:row', { detail: step, cancelable: true }))) return;
  const rows = [...document.querySelectorAll('.rows :is(td a, summary, li a)')].filter(el => !el.closest('.proof')), at = rows.indexOf(document.activeElement);
  rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
}
