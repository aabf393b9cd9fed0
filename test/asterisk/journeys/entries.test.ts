import { afterAll, beforeAll, expect, test } from 'vitest';
import { isHeard, promptsHeard, untilHeard } from '../../support/hearing.ts';
import { type Caller, dial } from '../../support/house-caller.ts';
import { type House, openHouse } from '../../support/house-rig.ts';
import { openSeat, type ReadySeat } from '../../support/house-seat.ts';
import { expectNothingLeft } from '../../support/nothing-left.ts';
import { until } from '../../support/until.ts';

let house: House;
let seats: Map<string, ReadySeat>;

beforeAll(async () => {
  house = await openHouse();
  const opened = await Promise.all(
    ['9001', '9002', '9003'].map((id) => openSeat(house, id, ['consumer'])),
  );
  seats = new Map(opened.map((seat) => [seat.seatId, seat]));
});

afterAll(async () => {
  for (const { phone } of seats?.values() ?? []) phone.close();
  await house?.close();
});

async function hears({ call }: Caller, ...prompts: string[]): Promise<void> {
  for (const prompt of prompts) await untilHeard(call, house.dataDir, prompt);
}

/** The agent who has the call hangs up; the caller rates in the call's language. */
async function rate(caller: Caller, language: string, score: string): Promise<void> {
  const { seatId } = await house.book.reaches(caller.number, 'conversation');
  await seats.get(seatId ?? '')?.api.send('POST', '/desk/hang-up');
  await hears(caller, `${language}/rating-ask`);
  caller.call.press(score);
  await hears(caller, `${language}/rating-thanks`);
  await caller.call.ended;
}

const others = (language: string) => ['zh', 'yue', 'en'].filter((each) => each !== language);

test('straight to a person, in each language', async () => {
  const one = async (key: string, language: string) => {
    const caller = await dial('12315', { keepHeard: true });
    await hears(caller, 'zh/greeting-12315');
    caller.call.press(key);
    await rate(caller, language, '5');
    return { record: await house.book.closes(caller.number), caller };
  };
  const callers = await Promise.all([one('1', 'zh'), one('2', 'yue'), one('3', 'en')]);
  callers.forEach(({ record, caller }, at) => {
    const language = ['zh', 'yue', 'en'][at] ?? '';
    expect(record).toMatchObject({ entryId: 'former-12315', queueId: 'consumer', language });
    expect(record).toMatchObject({ ending: 'agent-hung-up', rating: 5, endedBy: 'agent' });
    const wrong = others(language).map((other) => `${other}/rating-ask`);
    expect(promptsHeard(caller.call.heard(), house.dataDir, wrong)).toEqual([]);
  });
  await expectNothingLeft(house);
});

test('through the menus, in each language, every later prompt in the one chosen', async () => {
  const one = async (key: string, language: string) => {
    const caller = await dial('12345', { keepHeard: true });
    await hears(caller, 'zh/greeting-12345');
    caller.call.press('#');
    await hears(caller, 'zh/language-menu');
    caller.call.press(key);
    await hears(caller, `${language}/menu-main`);
    caller.call.press('1');
    await hears(caller, `${language}/menu-consumer`);
    caller.call.press('1');
    await rate(caller, language, '4');
    return house.book.closes(caller.number);
  };
  const records = await Promise.all([one('1', 'zh'), one('2', 'yue'), one('3', 'en')]);
  expect(records).toMatchObject(
    ['zh', 'yue', 'en'].map((language) => ({
      language,
      entryId: 'main',
      queueId: 'consumer',
      choice: 'main/1/1',
      rating: 4,
      ending: 'agent-hung-up',
    })),
  );
  await expectNothingLeft(house);
});

/** Where callers end up who do this at the first prompt. */
async function endsUp(
  to: string,
  keys: string,
): Promise<{ queueId: string | null; menus: string[] }> {
  const caller = await dial(to);
  await caller.call.answered;
  caller.call.press(keys);
  const isQueued = () => house.book.callsOf(caller.number).at(-1)?.queueId != null;
  await until(isQueued, `${to} ${keys} in a queue`, 60_000);
  await caller.call.hangUp();
  const { id, queueId } = await house.book.closes(caller.number);
  const menus = house.book
    .eventsOf(id)
    .filter(({ stage }) => stage === 'menu')
    .map(({ data }) => (data as { menuId: string }).menuId);
  return { queueId, menus };
}

test('wrong keys, *, #, 0 and silence each lead somewhere', async () => {
  const [star, hash, zeroInMenu, nonsense, zeroInGreeting, straight, typedAhead, silence, mute] =
    await Promise.all([
      endsUp('12345', '*0'),
      endsUp('12345', '#0'),
      endsUp('12345', '40'),
      endsUp('12345', '4*7'),
      endsUp('12333', '0'),
      endsUp('12333', '*'),
      endsUp('12345', '12'),
      endsUp('12319', ''),
      // The second menu speaks to its end and then waits in vain.
      endsUp('12345', '4'),
    ]);
  expect(star).toEqual({ queueId: 'general', menus: ['main', 'main'] });
  expect(hash).toEqual({ queueId: 'general', menus: ['main', 'language'] });
  expect(zeroInMenu).toEqual({ queueId: 'general', menus: ['main', 'funds-city'] });
  expect(nonsense).toEqual({ queueId: 'general', menus: ['main', 'funds-city', 'funds-city'] });
  expect(zeroInGreeting).toEqual({ queueId: 'general', menus: [] });
  expect(straight).toEqual({ queueId: 'social', menus: [] });
  expect(typedAhead).toEqual({ queueId: 'consumer', menus: ['main', 'consumer'] });
  expect(silence).toEqual({ queueId: 'city', menus: [] });
  expect(mute).toEqual({ queueId: 'general', menus: ['main', 'funds-city'] });
  await expectNothingLeft(house);
});

test('whoever is silent when asked for a rating is asked again and is not rated', async () => {
  const caller = await dial('12315', { keepHeard: true });
  await caller.call.answered;
  caller.call.press('4');
  const { seatId } = await house.book.reaches(caller.number, 'conversation');
  await seats.get(seatId ?? '')?.api.send('POST', '/desk/hang-up');
  await hears(caller, 'zh/rating-ask', 'zh/rating-repeat', 'zh/goodbye');
  const { endedBy } = await caller.call.ended;
  expect(endedBy).toBe('exchange');
  const record = await house.book.closes(caller.number);
  expect(record).toMatchObject({ rating: null, ending: 'agent-hung-up' });
  expect(record.ratingAskedAt).not.toBeNull();
  expect(isHeard(caller.call.heard(), house.dataDir, 'zh/rating-thanks')).toBe(false);
  await expectNothingLeft(house);
});

test('a key that is no score is said to be none, and the second answer counts', async () => {
  const caller = await dial('12315', { keepHeard: true });
  await caller.call.answered;
  caller.call.press('4');
  const { seatId } = await house.book.reaches(caller.number, 'conversation');
  await seats.get(seatId ?? '')?.api.send('POST', '/desk/hang-up');
  await hears(caller, 'zh/rating-ask');
  caller.call.press('8');
  await hears(caller, 'zh/rating-invalid', 'zh/rating-repeat');
  caller.call.press('2');
  await hears(caller, 'zh/rating-thanks');
  await caller.call.ended;
  expect(await house.book.closes(caller.number)).toMatchObject({ rating: 2 });
});
