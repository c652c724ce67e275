// Sign in with a token that was made in the terminal.
import { h, put, $ } from './dom.js';
import { ask, get } from './api.js';
import { command, mark, pill } from './parts.js';
import { go, href } from './router.js';
import { begin } from './main.js';

export default async function page({ query }) {
  const said = h('p', { role: 'alert' }), button = h('button.btn.solid', 'Sign in'), to = query.get('next') ?? '';
  const field = h('input.field', { id: 'token', name: 'token', type: 'password', autocomplete: 'current-password', required: true, 'aria-describedby': 'about-token' });
  async function send(event) {
    event.preventDefault();
    button.disabled = true;
    try {
      await ask(href('/login'), { method: 'POST', redirect: 'manual', headers: { 'X-Footing-Request': '1' }, body: new URLSearchParams({ token: field.value.trim() }) });
      await get('/v1/overview');
      go(/^\/console\/(?![/\\])/.test(to) ? to : href('/'), true); // only a page of the console is followed
      begin();
    } catch (p) {
      put(said, pill(['fail', [401, 403].includes(p.status) ? 'This token may not open the console. It is wrong, expired, or has not the scope admin.' : p.detail ?? p.title]));
      field.select();
    }
    button.disabled = false;
  }
  return {
    title: 'Sign in', nodes: [h('div.login', mark(36), h('h1', 'Sign in to the console'), h('p.dim', 'The quickest way is a link. In the folder of your project, this prints one that signs you in:'), command('footing token console'),
      h('form.card', { method: 'post', action: href('/login'), onsubmit: send }, h('label', { for: 'token' }, 'Or paste a token'), field, h('small.dim', { id: 'about-token' }, 'With the scope admin; it begins with ft_. It is kept as a cookie that scripts cannot read.'), said, button), h('div.ground'))],
    shown: () => $('#token').focus(),
  };
}
