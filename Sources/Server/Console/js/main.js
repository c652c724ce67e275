// The console begins here: frame, session, router, keys.
import { onSignedOut } from './api.js';
import { live, start, watch } from './live.js';
import { overview } from './project.js';
import { go, href, path, route, show } from './router.js';
import { around, drawProject, shell } from './shell.js';
import { keys } from './keys.js';

const layer = name => () => import('./palette.js').then(m => m[name]());
onSignedOut(() => { if (path() !== '/login') go(href('/login?next=') + encodeURIComponent(location.pathname + location.search), true); });
shell(layer('palette'));
keys(layer('palette'), layer('sheet'));
/** The stream and the names of the project, once there is a session. */
export const begin = () => overview().then(drawProject, () => {}).then(() => { if (path() !== '/login') start(); });
// A lost stream may be an ended session, which the question finds; a page that could not be read is read again on return.
watch(() => { if (live.state === 'lost') overview(true).catch(() => {}); else if (live.state === 'open' && show.failed === 0) show(); });
route(around);
if (path() !== '/login') begin();
