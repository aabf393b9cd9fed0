import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, openClient } from '../../realtime/rig.ts';
import { until } from '../../support/until.ts';
import { type Fault, type FaultRun, Losses } from '../fault.ts';
import { Hall } from '../hall.ts';
import { withHook } from '../hook.ts';

const BLOCKED_MS = 1_000;
/** A caller who came meanwhile rings within this after it; a machine that runs all tests is slower. */
const RING_WITHIN_MS = { full: 2_000, short: 10_000 };

/** Loaded into the server before it starts: keeps its one thread busy when it is signalled. */
const hook = `process.on('SIGUSR2', () => {
  for (const end = performance.now() + ${BLOCKED_MS}; performance.now() < end; );
});`;

/** Nothing runs in the server for a second: the loop on which all calls and consoles hang. */
export const f20: Fault = {
  id: 'F20',
  what: 'the event loop is blocked',
  injected: 'a hook keeps the server busy for 1 s when a caller comes',
  inShortRun: true,
  run: (run) =>
    withHook(hook, async () => {
      const hall = await Hall.open({ seats: 4 });
      const consoles: Client[] = [];
      try {
        return await blocked(hall, consoles, run);
      } finally {
        for (const console of consoles) console.disconnect();
        await hall.close();
      }
    }),
};

async function blocked(hall: Hall, consoles: Client[], { short, say }: FaultRun) {
  const cut: string[] = [];
  for (const { api, seatId } of hall.seats) {
    const console = openClient(Number(new URL(hall.house.url).port), api.cookie);
    console.on('disconnect', (why) => cut.push(`${seatId}: ${why}`));
    consoles.push(console);
  }
  await until(() => consoles.every(({ connected }) => connected), 'consoles are there');
  await hall.crowd(2);
  await until(() => hall.countAt('conversation') === 2, 'two talk');

  const begun = performance.now();
  hall.house.process?.kill('SIGUSR2');
  await hall.crowd(2);
  const within = short ? RING_WITHIN_MS.short : RING_WITHIN_MS.full;
  const rung = () => hall.seats.reduce((sum, { phone }) => sum + phone.rung.length, 0);
  await until(() => rung() === 4, 'who came meanwhile rings', BLOCKED_MS + within);
  const recoveryMs = Math.max(0, performance.now() - begun - BLOCKED_MS);
  await until(() => hall.countAt('conversation') === 4, 'and all talk');

  const answer = await fetch(`${hall.house.url}/readyz`);
  const { loop } = (await answer.json()) as { loop: string };
  say(`/readyz says: ${loop}`);
  if (!loop.startsWith('held up')) throw new Error(`the watchdog says ${loop}`);
  const log = readFileSync(join(hall.house.dataDir, 'server.log'), 'utf8');
  if (!log.includes('the event loop was held up')) throw new Error('the log says nothing');

  const losses = new Losses(say);
  losses.add(`consoles cut: ${cut.join(', ')}`, cut.length);
  losses.add('hung up on', hall.hungUpOn());
  await hall.empty();
  losses.add('records', hall.callers.length - hall.house.book.count().all);
  return {
    before: hall.callers.length,
    lost: losses.total,
    doubled: hall.recordsTooMany() + hall.greetedTwice(),
    recoveryMs,
    note: 'on the log and at `/readyz`; no console was cut; back after: until who came meanwhile rang, the greeting of 1.8 s within it',
  };
}
