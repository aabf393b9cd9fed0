import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RobotSeats, robotSeats } from '../../scripts/sipp/robot-seats.ts';
import { dialPerson } from '../support/house-caller.ts';
import { exchange, type House, openHouse } from '../support/house-rig.ts';
import { makeReady, staffSeat } from '../support/house-seat.ts';
import { expectNothingLeft, settledHeap } from '../support/nothing-left.ts';
import { until } from '../support/until.ts';

const calls = 1_000;
const atOnce = 16;
const warmUp = 200;
const talkMs = 1_000;
/** The heap may not grow by more than this per call: a leaked call record is several times larger. */
const bytesPerCall = 1_000;

let house: House;
let phones: RobotSeats;

beforeAll(async () => {
  house = await openHouse();
  const staffed = [];
  for (let n = 0; n < atOnce; n += 1) {
    staffed.push(await staffSeat(house, String(9_001 + n), ['consumer']));
  }
  phones = await robotSeats({
    exchange,
    phones: staffed.map(({ credential }) => credential),
    behaviour: { do: 'answer', afterMs: 50 },
  });
  for (const seat of staffed) await makeReady(seat);
});

afterAll(async () => {
  await phones?.close();
  await house?.close();
});

/** Dials, talks for a moment, hangs up. */
async function oneCall(): Promise<void> {
  const { call, number } = await dialPerson();
  await until(() => house.book.callOf(number).connectedAt !== null, `${number} answered`, 60_000);
  await new Promise((resolve) => setTimeout(resolve, talkMs));
  await call.hangUp();
  await house.book.closes(number);
}

/** Several callers at a time, until so many calls have been made. */
async function makeCalls(count: number): Promise<void> {
  let left = count;
  const line = async () => {
    while (left > 0) {
      left -= 1;
      await oneCall();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, line));
}

function handles(): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) counted[name] = (counted[name] ?? 0) + 1;
  return counted;
}

test(`${calls} calls in a row leave memory, listeners and open handles flat`, async () => {
  const warnings: string[] = [];
  process.on('warning', ({ name }) => warnings.push(name));
  await makeCalls(warmUp);
  await expectNothingLeft(house);
  const handlesBefore = handles();
  const heap = [await settledHeap()];
  for (let done = warmUp; done < calls; done += 200) {
    await makeCalls(200);
    heap.push(await settledHeap());
  }
  await expectNothingLeft(house);

  expect(house.book.count()).toEqual({ ended: calls, all: calls });
  const [first = 0, ...later] = heap;
  const growth = Math.min(...later.slice(-2)) - first;
  console.log(`heap after each 200 calls, MB: ${heap.map((b) => (b / 1e6).toFixed(2)).join(' ')}`);
  expect(growth / (calls - warmUp)).toBeLessThan(bytesPerCall);
  const grown = Object.entries(handles()).filter(([name, n]) => n > (handlesBefore[name] ?? 0) + 2);
  expect(grown).toEqual([]);
  expect(warnings.filter((name) => name.startsWith('MaxListeners'))).toEqual([]);
});
