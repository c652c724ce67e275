// Sign in with a link or a token, both made in the terminal.
import { ask, get } from './data.js';
import { $, command, h, href, mark, pill, put } from './ui.js';
import { begin, go } from './main.js';

const REFUSED = 'This token may not open the console. It is wrong, expired, or has not the scope admin.';
const USED = 'This sign-in link was used already, or is older than 10 minutes. Print a fresh one and open it in this browser.';
const LINK = 'The quickest way is a link. In the folder of your project, this prints one that signs you in:';
const TOKEN = 'With the scope admin; it begins with ft_. It is kept as a cookie that scripts cannot read.';

async function signIn(token) {
  const headers = { 'X-Footing-Request': '1' }, body = new URLSearchParams({ token });
  await ask(href('/login'), { method: 'POST', redirect: 'manual', headers, body });
  await get('/v1/overview');
}
export default async function page({ query }) {
  const to = query.get('next') ?? '', said = h('p', { role: 'alert' }), button = h('button.btn.solid', 'Sign in');
  const field = h('input.field', {
    id: 'token', name: 'token', type: 'password', autocomplete: 'current-password', required: true,
    'aria-describedby': 'about-token',
  });
  async function send(event) {
    event.preventDefault();
    button.disabled = true;
    try {
      await signIn(field.value.trim());
      go(/^\/console(?:[/?]|$)/.test(to) ? to : href('/'), true); // only a page of the console is followed
      begin();
    } catch (p) {
      put(said, pill(['fail', [401, 403].includes(p.status) ? REFUSED : p.detail ?? p.title]));
      field.select();
    }
    button.disabled = false;
  }
  const used = query.get('failed') === 'code' && h('p', { role: 'alert' }, pill(['warn', USED]));
  return {
    title: 'Sign in',
    nodes: [h('div.login', mark(36), h('h1', 'Sign in to the console'), used || h('p.dim', LINK), command('footing token console'),
      h('form.card', { method: 'post', action: href('/login'), onsubmit: send }, h('label', { for: 'token' }, 'Or paste a token'),
        field, h('small.dim', { id: 'about-token' }, TOKEN), said, button), h('div.ground'))],
    shown: () => $('#token').focus(),
  };
}
