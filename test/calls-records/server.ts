import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import type { AuditEntry } from '../../src/access.ts';
import { type Role, roles } from '../../src/access.ts';
import { registerCallBackRoutes } from '../../src/calls/call-back-routes.ts';
import { createCallRecords } from '../../src/calls/records.ts';
import { registerCallRoutes } from '../../src/calls/routes.ts';
import { createPeaksReader } from '../../src/calls/waveform.ts';
import { createServer } from '../../src/http/server.ts';
import { AppError } from '../../src/kit/errors.ts';
import { createLog } from '../../src/kit/log.ts';
import type { YihaoServer } from '../../src/yihao-server.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openRecords, type Records, t0 } from './sample.ts';

/** The production server with the routes of calls, on a database in memory and a real folder. */
export interface CallServer extends Records {
  app: YihaoServer;
  clock: FakeClock;
  folder: string;
  audited: AuditEntry[];
  /** Call-backs that were to be dialled at once. */
  calledNow: string[];
  /** Calls at the desk of an agent: `agent-1 c1`. */
  atDesk: Set<string>;
  /** Every body that was sent, to look for numbers. */
  bodies: string[];
  /** Asks as `who`, e.g. `agent-1:agent`; nobody when empty. */
  get(url: string, who: string, headers?: Record<string, string>): ReturnType<CallServer['send']>;
  post(url: string, who: string, body?: object): ReturnType<CallServer['send']>;
  send(
    method: 'GET' | 'POST',
    url: string,
    who: string,
    rest?: { headers?: Record<string, string>; payload?: object },
  ): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

export async function openCallServer(): Promise<CallServer> {
  const records = openRecords();
  const folder = await mkdtemp(join(tmpdir(), 'yihao-calls-'));
  await writeFile(join(folder, 'index.html'), '<title>一号</title>');
  const clock = new FakeClock(t0 + 1_000_000);
  const audited: AuditEntry[] = [];
  const atDesk = new Set<string>();
  const calledNow: string[] = [];
  const bodies: string[] = [];
  const app = await createServer({
    config: {
      http: { port: 0, publicOrigins: [], trustedProxies: [] },
      rateLimit: { perMinute: 10_000, signInPerMinute: 10 },
    },
    log: createLog('silent'),
    readiness: () => ({ database: 'ok', exchange: 'ok', prompts: 'ok', storage: 'ok', loop: 'ok' }),
    consoleFolder: folder,
    sessionOf: sessionNamed,
  });
  const callRecords = createCallRecords({
    repo: records.repo,
    readEvents: (callId) => records.log.read({ callId }),
    pathOf: (file) => join(folder, file),
    audit: (entry) => void audited.push(entry),
    knownCaller: () => null,
    clock,
    names: {
      entry: (id) => id,
      queue: (id) => (id === 'consumer' ? '=消费' : id),
      agent: (id) => `Name of ${id}`,
      seat: (id) => id,
      result: (code) => code,
      tag: (code) => code,
    },
  });
  registerCallBackRoutes(app, {
    list: callRecords.callBacks,
    callBacks: {
      callNow: (callId) => void calledNow.push(callId),
      close(callId, how, personId) {
        if (records.repo.callBack(callId)?.doneAt !== null) throw new AppError('not-found');
        const at = clock.now();
        records.log.append([{ kind: 'call.call-back-closed', at, callId, how, personId }]);
      },
    },
    audit: (entry) => void audited.push(entry),
  });
  registerCallRoutes(app, {
    records: callRecords,
    peaksOf: createPeaksReader(),
    mayReveal: (person, callId) => atDesk.has(`${person.id} ${callId}`),
  });

  const send: CallServer['send'] = async (method, url, who, { headers = {}, payload } = {}) => {
    const reply = await app.inject({
      method,
      url,
      headers: { 'x-yihao': '1', ...(who ? { cookie: `who=${who}` } : {}), ...headers },
      ...(payload ? { payload } : {}),
    });
    bodies.push(reply.body);
    return reply;
  };
  return {
    ...records,
    app,
    clock,
    folder,
    audited,
    calledNow,
    atDesk,
    bodies,
    send,
    get: (url, who, headers = {}) => send('GET', url, who, { headers }),
    post: (url, who, payload = {}) => send('POST', url, who, { payload }),
    async close() {
      await app.close();
      records.store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A session from a cookie that says who one is: `who=zhang:agent`. */
function sessionNamed(cookie: string | undefined) {
  const [, id = '', role = ''] = /^who=([^:]+):(.+)$/.exec(cookie ?? '') ?? [];
  if (!isRole(role)) return null;
  const person = {
    id,
    login: id,
    name: id,
    staffNo: '1',
    roles: [role],
    mustChangePassword: false,
  };
  return { sessionId: id, person };
}

function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}
