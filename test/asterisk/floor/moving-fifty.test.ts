import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RobotCall } from '../../../scripts/sipp/robot-call.ts';
import { type RobotSeats, robotSeats } from '../../../scripts/sipp/robot-seats.ts';
import { crowd } from '../../support/crowd.ts';
import { type House, openHouse } from '../../support/house-rig.ts';
import { makeReady, type StaffedSeat, staffSeat } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { pause, until } from '../../support/until.ts';

// Fifty seats go to and fro between two queues while ten callers a second come in.

const seatCount = 50;
const callsPerQueue = 75;
const moves = 4;
const queues = ['consumer', 'social'] as const;

let house: House;
let staffed: StaffedSeat[];
let phones: RobotSeats;
const busy = new Set<string>();
/** Seats whose phone rang while an earlier ring or talk there was not over. */
const doubled: string[] = [];

beforeAll(async () => {
  house = await openHouse({
    hotline: (doc) => {
      for (const entry of doc.entries) Object.assign(entry, { greeting: ['number-1'], keys: {} });
    },
  });
  const ids = Array.from({ length: seatCount }, (_, at) => String(9_001 + at));
  staffed = [];
  for (const [at, id] of ids.entries()) staffed.push(await staffSeat(house, id, [queueAt(at, 0)]));
  phones = await robotSeats({
    exchange: { host: '127.0.0.1', port: house.config.sip.port },
    phones: staffed.map(({ credential }) => credential),
    behaviour: { do: 'answer', afterMs: 30 },
  });
  for (const seat of staffed) phones.phone(seat.seatId).onRing = (call) => void serve(seat, call);
  await Promise.all(staffed.map((seat) => makeReady(seat)));
});

/** The phone is answered; the agent ends the call as soon as the console lets them. */
async function serve({ api, seatId }: StaffedSeat, call: RobotCall): Promise<void> {
  if (busy.has(seatId)) doubled.push(seatId);
  busy.add(seatId);
  if (await call.answered) {
    await house.book.seatBecomes(seatId, 'talking');
    await pause(500);
    const released = () => api.send('POST', '/desk/release').then(yes, no);
    await until(released, `${seatId} released`);
  }
  await call.over;
  busy.delete(seatId);
}

const yes = () => true;
const no = () => false;

afterAll(async () => {
  await phones?.close();
  await house?.close();
});

/** Odd and even seats change sides with every move. */
function queueAt(at: number, move: number): string {
  return queues[(at + move) % 2] ?? '';
}

async function moveAll(move: number): Promise<void> {
  await Promise.all(
    staffed.map(({ seatId }, at) =>
      house.admin.send('PUT', `/floor/seats/${seatId}/queues`, {
        queues: [{ queueId: queueAt(at, move), level: 1 }],
      }),
    ),
  );
}

test('50 seats moved under 10 calls/s: no call is lost, none rings twice, the next ring obeys', async () => {
  const half = { count: callsPerQueue, perSecond: 5, atOnce: 20 };
  const callers = Promise.all([
    crowd({ to: '12315', from: '1390000', ...half }),
    crowd({ to: '12333', from: '1380000', ...half }),
  ]);
  const arrived = () => house.book.count().all;
  for (let move = 1; move <= moves; move += 1) {
    // A few dozen calls between two moves.
    const enough = (2 * callsPerQueue * move) / (moves + 1);
    await until(() => arrived() >= enough, 'calls come in', 60_000);
    await moveAll(move);
  }
  expect(await callers).toEqual([0, 0]);
  await until(() => house.book.count().ended === 2 * callsPerQueue, 'all calls are closed', 60_000);

  expect(house.book.count()).toEqual({ ended: 2 * callsPerQueue, all: 2 * callsPerQueue });
  const ended = house.book.eventsOfKind('call.ended').map(({ ending }) => ending);
  expect(new Set(ended)).toEqual(new Set(['agent-hung-up']));
  expect(new Set(house.book.eventsOfKind('call.arrived').map(({ caller }) => caller)).size).toBe(
    2 * callsPerQueue,
  );
  expect(house.book.eventsOfKind('call.connected')).toHaveLength(2 * callsPerQueue);
  expect(house.book.eventsOfKind('call.ring-failed')).toEqual([]);
  expect(doubled).toEqual([]);
  expect(misdeedsIn(house)).toEqual([]);
  expect(house.book.eventsOfKind('seat.queues')).toHaveLength(seatCount * moves);
  await pause(100);
  await expectNothingLeft(house);
}, 300_000);

const told = ['seat.queues', 'call.ringing', 'call.ring-failed', 'call.talk-ended'];

/** Rings at a busy seat, and rings for a queue the seat did not serve any more, in the log's order. */
function misdeedsIn({ book }: House): string[] {
  const serves = new Map(staffed.map(({ seatId }, at) => [seatId, [queueAt(at, 0)]]));
  const busyWith = new Map<string, string>();
  const misdeeds: string[] = [];
  for (const event of book.eventsOfKind(...told)) {
    const seatId = String(event['seatId']);
    const callId = String(event['callId']);
    if (event.kind === 'seat.queues') serves.set(seatId, event['queueIds'] as string[]);
    else if (event.kind !== 'call.ringing') busyWith.delete(seatId);
    else {
      const queueId = String(event['queueId']);
      if (busyWith.has(seatId)) misdeeds.push(`${seatId} rung for ${callId} while busy`);
      if (!serves.get(seatId)?.includes(queueId)) misdeeds.push(`${seatId} rung for ${queueId}`);
      busyWith.set(seatId, callId);
    }
  }
  return misdeeds;
}
