// `npm start`: everything a bare machine needs, then Asterisk and the server in the foreground.
import { ensureDependencies } from './deps.mjs';

ensureDependencies();
const { register } = await import('tsx/esm/api');
register();
await import('./start/main.ts');
