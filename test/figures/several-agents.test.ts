import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFiguresBook } from '../../src/figures/book.ts';
import { createFiguresRepo } from '../../src/figures/repo.ts';
import { registerFigureRoutes } from '../../src/figures/routes.ts';
import { type FiguresRow, figuresSchema } from '../../src/figures/schema.ts';
import { createFiguresService } from '../../src/figures/service.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { createRig } from '../calls/rig.ts';
import { settle } from '../support/fake-clock.ts';
import { limitsOf } from '../support/limits.ts';
import { openRoleServer } from '../support/role-server.ts';

// One call that three agents have a part in, as the live side of calls tells it, asked for at the door:
// the first consults and hands over, the second holds, confers with the third and sends the caller there.

const rig = createRig();
const store = openStore(':memory:');
let house: Awaited<ReturnType<typeof openRoleServer>>;

/** Seconds go by; then whatever had to happen has happened. */
const pass = (seconds: number) => rig.clock.advance(seconds * 1_000);

/** A phone rings for so long, and is answered. */
async function answers(seatId: string, afterSeconds: number) {
  await pass(afterSeconds);
  rig.telephony.answer(seatId);
  await settle();
}

async function theCall(): Promise<void> {
  const { calls } = rig;
  await rig.seat('1001', 'consumer');
  const line = rig.dial('12315');
  await answers('1001', 4);
  await rig.seat('1002', 'consumer');
  await rig.seat('1003', 'consumer');
  const callId = rig.callId();
  await pass(30);
  await calls.ask(callId, { do: 'invite', seatId: '1002', hold: true });
  await answers('1002', 2);
  await pass(10);
  await calls.ask(callId, 'hand-over');
  await pass(20);
  await calls.ask(callId, 'hold');
  await pass(5);
  await calls.ask(callId, 'resume');
  await calls.ask(callId, { do: 'invite', seatId: '1003', hold: false });
  await answers('1003', 3);
  await pass(15);
  await calls.ask(callId, 'dismiss');
  await pass(6);
  await calls.ask(callId, { queueId: 'consumer', seatId: '1003' });
  await settle();
  await answers('1003', 1);
  await pass(7);
  line.leave();
  // Every wrap-up of thirty seconds is over.
  await pass(60);
}

beforeAll(async () => {
  await theCall();
  const log = createEventLog(store, [], { error: () => expect.unreachable('a follower failed') });
  log.append(rig.events);
  const repo = createFiguresRepo(store);
  const { clock } = rig;
  const book = createFiguresBook({ repo, eventLog: log, clock, limits: limitsOf(() => 15_000) });
  await book.follow(() => Promise.resolve());
  const names = { queue: (id: string) => id, agent: (id: string) => id, entry: (id: string) => id };
  const teams = () => new Map<string, string>();
  const service = createFiguresService({ repo, flush: book.flush, clock, teams, names });
  house = await openRoleServer((server) => registerFigureRoutes(server, service, () => 5_000));
});
afterAll(async () => {
  await house.app.close();
  store.close();
});

async function figures(by: 'agent' | 'queue'): Promise<FiguresRow[]> {
  return figuresSchema.parse((await house.ask('GET', `/api/figures?by=${by}`)).json()).rows;
}

/** Seconds of talk, hold and wrap-up, conversations of their own, and how many they sent on. */
function workOf({ key, figures: of }: FiguresRow) {
  const seconds = (id: 'talk-time' | 'hold-time' | 'wrap-up-time') => (of[id]?.n ?? 0) / 1_000;
  return {
    key,
    talk: seconds('talk-time'),
    hold: seconds('hold-time'),
    wrapUp: seconds('wrap-up-time'),
    conversations: of.conversations?.n,
    sentOn: of['transfer-rate']?.n,
  };
}

test('a consultation, a conference and a transfer credit each agent with the own seconds', async () => {
  const rows = (await figures('agent')).map(workOf);
  expect(rows).toEqual([
    // Talked 30, then held the caller while the colleague's phone rang (2) and was consulted (10).
    { key: 'agent-1001', talk: 30, hold: 12, wrapUp: 30, conversations: 1, sentOn: 1 },
    // Consulted 10, had the caller 20, held 5, rang the third 3, talked with both 15, alone 6.
    { key: 'agent-1002', talk: 54, hold: 5, wrapUp: 30, conversations: 1, sentOn: 1 },
    // Helped 15 without a wrap-up, then had the caller 7.
    { key: 'agent-1003', talk: 22, hold: 0, wrapUp: 30, conversations: 1, sentOn: 0 },
  ]);
});

test('the queue has the sum of its agents, and one call answered once', async () => {
  const [consumer] = await figures('queue');
  expect(consumer?.figures).toMatchObject({
    answered: { n: 1 },
    'talk-time': { n: 106_000, d: 3 },
    'hold-time': { n: 17_000, d: 3 },
    'wrap-up-time': { n: 90_000, d: 3 },
    'transfer-rate': { n: 2, d: 3 },
  });
});
