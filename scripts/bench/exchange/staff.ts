import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { systemClock } from '../../../src/kit/clock.ts';
import { newId } from '../../../src/kit/ids.ts';
import { createPeopleRepo } from '../../../src/people/repo.ts';
import { SESSION_COOKIE, Sessions } from '../../../src/people/sessions.ts';
import { openStore } from '../../../src/store/db.ts';
import { exchange, type House } from '../../../test/support/house-rig.ts';
import { until } from '../../../test/support/until.ts';
import { Api } from '../../demo/api.ts';
import { Gate } from '../../sipp/gate.ts';
import { startSipp } from '../../sipp/sipp.ts';
import { controlPassword } from './control.ts';

/** The queue all our seats serve. */
export const queueId = 'consumer';

/** Agents with an open console, at most; a leader's wall beside them. */
const consolesMax = 60;

/**
 * Agents with a session each, put into the database beside the running server: hashing a password for
 * every one would take minutes. Nobody knows one.
 */
export function hire({ dataDir, config, url }: House, seatIds: readonly string[]): Api[] {
  const store = openStore(join(dataDir, 'yihao.sqlite'));
  try {
    // The house writes as well.
    store.sql.pragma('busy_timeout = 10000');
    const people = createPeopleRepo(store);
    const sessions = new Sessions(store, systemClock, config.session);
    const createdAt = systemClock.now();
    return seatIds.map((seatId) => {
      const id = newId();
      people.add({
        id,
        login: `agent-${seatId}`,
        name: `agent-${seatId}`,
        staffNo: `A${seatId}`,
        team: '',
        roles: ['agent'],
        passwordHash: randomBytes(32).toString('base64url'),
        mustChangePassword: false,
        failedSignIns: 0,
        lockedUntil: null,
        disabledAt: null,
        createdAt,
      });
      const { token } = sessions.open(id, '127.0.0.1', 'npm run bench');
      return new Api(url, `${SESSION_COOKIE}=${token}`);
    });
  } finally {
    store.close();
  }
}

interface Hall {
  seatIds: readonly string[];
  /** Who sits where, in the same order. */
  agents: readonly Api[];
  /** So many seats have a phone and are ready; the others are signed in and not ready. */
  ready: number;
  controlSeats: readonly string[];
}

interface Account {
  user: string;
  password: string;
}
const account = z.object({ user: z.string(), password: z.string() });

/**
 * Phones made and registered, agents signed in and ready.
 * @returns the port at which the exchange looks for all phones
 */
export async function furnish(house: House, hall: Hall): Promise<number> {
  const { seatIds, agents, ready, controlSeats } = hall;
  const phones = controlSeats.map((user): Account => ({ user, password: controlPassword }));
  await inGroups(seatIds, async (id, at) => {
    const queues = [{ queueId, level: 1 }];
    await house.admin.send('POST', '/seats', { id, name: id, phone: 'sip', queues });
    if (at >= ready) return;
    phones.push(account.parse(await house.admin.send('POST', `/seats/${id}/phone`)));
    await staysRegistered(house, id);
  });
  // It answers the exchange's question whether the phones are there until SIPp takes its place.
  const gate = await Gate.open(exchange, () => 9);
  try {
    if (phones.length > 0) await register(house.dataDir, phones, gate);
    await inGroups(agents, async (agent, at) => {
      await agent.send('POST', '/desk/sign-in', { seatId: seatIds[at] });
      if (at < ready) await until(() => isReady(agent), `seat ${seatIds[at]} ready`, 30_000);
    });
    return gate.contact.port;
  } finally {
    gate.close();
  }
}

/** SIPp does not renew a registration, and the usual one is over after ten minutes. */
async function staysRegistered({ asterisk }: House, seatId: string): Promise<void> {
  const { ariUrl, ariUser, ariPassword } = asterisk;
  const basic = Buffer.from(`${ariUser}:${ariPassword}`).toString('base64');
  const fields = { max_contacts: '1', remove_existing: 'yes', maximum_expiration: '7200' };
  const body = Object.entries(fields).map(([attribute, value]) => ({ attribute, value }));
  await fetch(`${ariUrl}/ari/asterisk/config/dynamic/res_pjsip/aor/${seatId}`, {
    method: 'PUT',
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    body: JSON.stringify({ fields: body }),
  });
}

/** False as long as the exchange does not know where the phone is. */
function isReady(agent: Api): Promise<boolean> {
  return agent.send('POST', '/desk/ready').then(
    () => true,
    () => false,
  );
}

/** Every phone registers with its own digest authentication. */
async function register(dataDir: string, phones: readonly Account[], gate: Gate): Promise<void> {
  const list = join(dataDir, 'phones.csv');
  const rows = phones.map(
    ({ user, password }) => `${user};[authentication username=${user} password=${password}]`,
  );
  writeFileSync(list, `SEQUENTIAL\n${rows.join('\n')}\n`, { mode: 0o600 });
  const many = `-m ${phones.length} -l 50 -r 100 -recv_timeout 10000`.split(' ');
  const sipp = await startSipp('register', gate, { expires: '3600' }, ['-inf', list, ...many]);
  const { code, complaint } = await sipp.ended;
  if (code !== 0) throw new Error(`the phones could not register: ${complaint}`);
}

/**
 * Consoles that follow what happens: agents their own desk, a leader the whole floor.
 * @returns closes them
 */
export async function openConsoles(house: House, agents: readonly Api[]): Promise<() => void> {
  const sockets: Socket[] = [];
  const open = async (api: Api, ask: (socket: Socket) => Promise<unknown>) => {
    const extraHeaders = { origin: house.url, cookie: api.cookie };
    const how = { transports: ['websocket'], forceNew: true, extraHeaders };
    const socket = io(house.url, how);
    sockets.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    await ask(socket);
  };
  await open(house.admin, (socket) => socket.emitWithAck('watchFloor'));
  await inGroups(agents.slice(0, consolesMax), (agent) =>
    open(agent, (socket) => socket.emitWithAck('watchDesk', { take: true })),
  );
  return () => {
    for (const socket of sockets) socket.close();
  };
}

/** Does something for each, a few at a time. */
async function inGroups<T>(
  items: readonly T[],
  work: (item: T, at: number) => Promise<void>,
): Promise<void> {
  const size = 16;
  for (let from = 0; from < items.length; from += size) {
    await Promise.all(items.slice(from, from + size).map((item, n) => work(item, from + n)));
  }
}
