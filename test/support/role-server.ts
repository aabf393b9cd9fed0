import type { Role } from '../../src/access.ts';
import { createServer } from '../../src/http/server.ts';
import { createLog } from '../../src/kit/log.ts';
import type { YihaoServer } from '../../src/yihao-server.ts';

/** The production server where the cookie is the role of the person who asks; empty = nobody. */
export async function openRoleServer(register: (server: YihaoServer) => void) {
  const app = await createServer({
    config: {
      http: { port: 0, publicOrigins: [], trustedProxies: [] },
      rateLimit: { perMinute: 10_000, signInPerMinute: 8 },
    },
    log: createLog('silent'),
    sessionOf(role) {
      if (role === undefined || role === '') return null;
      const roles = [role as Role];
      const person = { id: 'p1', login: 'p', name: '甲', staffNo: '1', roles };
      return { sessionId: 's', person: { ...person, mustChangePassword: false } };
    },
    readiness: () => ({ database: 'ok', exchange: 'ok', prompts: 'ok', storage: 'ok', loop: 'ok' }),
    consoleFolder: '/nonexistent',
  });
  register(app);
  type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
  const send = (method: Method, url: string, cookie: string, rest: object) =>
    app.inject({ method, url, headers: { 'x-yihao': '1', cookie }, ...rest });
  return {
    app,
    ask: (method: Method, url: string, payload?: object, cookie = 'leader') =>
      send(method, url, cookie, payload ? { payload } : {}),
    /** A file as a browser's form sends it. */
    upload(
      method: Method,
      url: string,
      file: Buffer,
      cookie = 'leader',
      more: Record<string, string> = {},
    ) {
      const edge = 'edge-of-part';
      const head = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\n`;
      const payload = Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${edge}--\r\n`)]);
      const type = `multipart/form-data; boundary=${edge}`;
      const headers = { 'x-yihao': '1', cookie, 'content-type': type, ...more };
      return app.inject({ method, url, headers, payload });
    },
  };
}
