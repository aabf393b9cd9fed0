import { beforeEach, describe, expect, test } from 'vitest';
import { moveNames } from '../../src/order-rules/moves.ts';
import { followed, publicReply, publicView } from '../../src/orders/public-view.ts';
import { Rng } from '../sim/rng.ts';
import { as, buildHouse, dispatched, type House, lamp, replied } from './rig.ts';

const day = 86_400_000;
const ip = '192.0.2.7';
let house: House;
beforeEach(() => {
  house = buildHouse();
});

const known = (id: string) => {
  const { number, queryCode } = house.orders.find(id);
  return [number ?? '', queryCode ?? ''] as const;
};
const act = (id: string, what: Parameters<House['citizens']['act']>[2]) =>
  house.citizens.act(...known(id), what, ip);
const moved = (id: string) => house.chain.of(id).map(({ move, by }) => `${by.actor} ${move}`);

describe('with number and code, a citizen', () => {
  test('adds facts that the unit reads and that are masked', () => {
    const id = dispatched(house);
    const seen = act(id, { do: 'supplement', why: '又坏了一盏，联系 13600002222' });
    expect(seen.timeline.at(-1)).toMatchObject({
      what: '补充情况',
      text: '又坏了一盏，联系 136****2222',
    });
    const { timeline } = house.reading.one(id, as('unit-operator'));
    expect(timeline.at(-1)).toMatchObject({
      actor: 'citizen',
      why: '又坏了一盏，联系 136****2222',
    });
    expect(() => act(id, { do: 'supplement' })).toThrow('no reason given');
  });

  test('urges once a day', async () => {
    const id = dispatched(house);
    act(id, { do: 'urge' });
    expect(() => act(id, { do: 'urge' })).toThrow('urged today already');
    await house.clock.advance(day);
    act(id, { do: 'urge' });
    expect(house.orders.find(id).folded.urged).toBe(2);
    // The hotline may urge for them as often as they call.
    house.act(id, { do: 'urge' }, as('agent'));
  });

  test('who is content closes the order by rating it; given, not filled in', () => {
    const id = replied(house);
    house.act(id, { do: 'accept-reply' }, as('reviewer'));
    const seen = act(id, { do: 'rate', rating: 5, solved: 'solved', why: '很快' });
    expect(seen).toMatchObject({ state: '办结', may: [] });
    expect(moved(id).slice(-2)).toEqual(['citizen rate', 'system close']);
    const [, close] = house.chain.of(id).slice(-2);
    expect(close?.data).toMatchObject({ satisfied: true, rating: 5, solved: 'solved' });
  });

  test.each([
    { rating: 2, solved: 'partly' as const },
    { rating: 4, solved: 'not' as const },
  ])('who is not content is called by a person: $rating, $solved', (said) => {
    const id = replied(house);
    house.act(id, { do: 'accept-reply' }, as('reviewer'));
    expect(act(id, { do: 'rate', ...said })).toMatchObject({ state: '待回访' });
    expect(() => act(id, { do: 'rate', rating: 5 })).toThrow('rated already');
    expect(house.orders.find(id).folded.rated).toMatchObject(said);
  });

  test('rates nothing before the reply, and nothing happens to an order that is over', () => {
    const id = dispatched(house);
    expect(() => act(id, { do: 'rate', rating: 5 })).toThrow('not possible in this state');
    house.act(id, { do: 'withdraw', callId: 'call-1' }, as('agent'));
    expect(() => act(id, { do: 'urge' })).toThrow('not possible in this state');
    expect(act(id, { do: 'rate', rating: 3 }).may).toEqual([]);
  });

  test('leaves a trace of every look', () => {
    const id = dispatched(house);
    const row = house.citizens.find(...known(id), { address: ip });
    house.citizens.look(row, ip, '');
    expect(house.reading.viewers(id, as('leader'))[0]).toMatchObject({ person: '诉求人', ip });
  });
});

describe('a wish to withdraw (撤单申请)', () => {
  const wish = { do: 'ask-withdrawal', why: '已自行解决，电话 13600002222' } as const;
  const list = (view: 'mine' | 'withdrawals', ...who: Parameters<typeof as>) =>
    house.reading.list({ view, limit: 50 }, as(...who)).map(({ id }) => id);

  test('waits on the list of those who call back, the longest waiting first', async () => {
    const [one, two, other] = [dispatched(house), dispatched(house), dispatched(house)];
    act(two, wish);
    await house.clock.advance(1_000);
    expect(act(one, wish)).toMatchObject({ state: '待签收' });
    for (const role of ['agent', 'leader', 'dispatcher'] as const)
      expect(list('withdrawals', role)).toEqual([two, one]);
    expect(list('mine', 'agent')).toEqual([two, one]);
    expect(list('mine', 'leader')).toEqual([two, one]);
    expect(list('mine', 'dispatcher'), 'calls nobody').toEqual([]);
    expect(list('withdrawals', 'unit-operator')).toEqual([]);
    expect(house.reading.list({ view: 'withdrawals', limit: 50 }, as('agent'))[1]).toMatchObject({
      withdrawal: { at: house.clock.now(), why: '已自行解决，电话 136****2222' },
    });
    expect(house.reading.one(other, as('agent')).withdrawal).toBeNull();
  });

  test('is agreed to by a recorded call, and then waits no more', () => {
    const id = dispatched(house);
    act(id, wish);
    for (const callId of [undefined, 'a call nobody had'])
      expect(() => house.act(id, { do: 'withdraw', callId }, as('agent'))).toThrow('recorded call');
    house.act(id, { do: 'withdraw', callId: 'call-1' }, as('agent'));
    expect(house.orders.find(id)).toMatchObject({ state: 'closed', withdrawalAt: null });
    expect(list('withdrawals', 'agent')).toEqual([]);
  });

  test('is refused with a reason: the order goes on, and the citizen reads it and may ask again', () => {
    const id = dispatched(house);
    const refuse = (by: Parameters<typeof as>[0], why?: string) =>
      house.act(id, { do: 'refuse-withdrawal', why }, as(by));
    expect(() => refuse('agent', '无此申请'), 'nothing was asked').toThrow('not possible');
    expect(house.reading.one(id, as('agent')).moves).not.toContain('refuse-withdrawal');
    act(id, wish);
    expect(() => act(id, wish)).toThrow('asked to withdraw already');
    expect(house.reading.one(id, as('agent')).moves).toEqual(
      expect.arrayContaining(['withdraw', 'refuse-withdrawal']),
    );
    expect(() => refuse('agent')).toThrow('no reason given');
    expect(() => refuse('unit-leader', '不同意')).toThrow('not yours');
    refuse('leader', '涉及公共安全，须继续办理');
    expect(house.orders.find(id)).toMatchObject({ state: 'dispatched', withdrawalAt: null });
    expect(list('withdrawals', 'agent')).toEqual([]);
    const row = house.citizens.find(...known(id), { address: ip });
    const { timeline, may } = house.citizens.look(row, ip, '');
    expect(timeline.at(-1)).toEqual({ at: house.clock.now(), what: '不予撤回', text: '' });
    expect(may).toContain('ask-withdrawal');
    expect(act(id, wish).may).not.toContain('ask-withdrawal');
  });
});

describe('guessing', () => {
  const guess = (id: string, asking: { caller: string } | { address: string }, code = 'x') =>
    house.citizens.find(known(id)[0], code, asking);

  test('the last six digits do; five do not', () => {
    const id = dispatched(house);
    const [number, code] = known(id);
    expect(house.citizens.find(number.slice(-6), code, { address: ip }).id).toBe(id);
    expect(() => house.citizens.find(number.slice(-5), code, { address: ip })).toThrow('Not found');
    expect(() => house.citizens.find('', code, { address: ip })).toThrow('Not found');
  });

  test('ten wrong guesses of one caller, of whatever orders: nothing more that day', async () => {
    const [one, two] = [dispatched(house), dispatched(house)];
    const caller = { caller: '13812345678' };
    for (let n = 0; n < 10; n += 1)
      expect(() => guess(n % 2 ? one : two, caller)).toThrow('Not found');
    expect(() => guess(one, caller, known(one)[1])).toThrow('Wrong too often');
    expect(guess(one, { caller: '13900000000' }, known(one)[1]).id).toBe(one);
    await house.clock.advance(day + 1);
    expect(guess(one, caller, known(one)[1]).id).toBe(one);
  });

  test('twenty wrong guesses of one order, from wherever and by however many of its digits', () => {
    const id = dispatched(house);
    const [number, code] = known(id);
    for (let n = 0; n < 20; n += 1) {
      const digits = number.slice(n % 12);
      expect(() => house.citizens.find(digits, 'x', { address: `192.0.2.${n}` })).toThrow(
        'Not found',
      );
    }
    expect(() => house.citizens.find(number, code, { address: '198.51.100.1' })).toThrow(
      'too often',
    );
  });
});

test('the public timeline is the inner one less what is confidential, whatever happens', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const rng = new Rng(seed);
    house = buildHouse();
    const sealed = rng.chance(0.3);
    const { id } = house.orders.open(
      { ...lamp, title: '机密标题', confidential: sealed },
      as('agent'),
    );
    house.act(id, { do: 'submit' }, as('agent'));
    if (sealed) house.act(id, { do: 'dispatch', unitId: 'traffic' }, as('dispatcher'));
    wander(house, id, rng);
    const row = house.orders.find(id);
    const inner = house.chain.of(id);
    const seen = publicView(followed(row, house.repo, house.chain));
    const times = inner.map(({ at }) => at);
    expect(
      seen.timeline.every(({ at }) => times.includes(at)),
      'nothing that did not happen',
    ).toBe(true);
    const written = JSON.stringify([seen, publicReply(followed(row, house.repo, house.chain))]);
    expect(written, `seed ${seed}`).not.toMatch(
      /机密(?!标题)|’s name|unit|王女士|13812345678|13987654321/,
    );
    if (sealed) expect(written).not.toMatch(/机密标题|公开/);
    const replies = inner.filter(({ move }) => move === 'accept-reply').length;
    const told = seen.timeline.filter(({ text }) => text.startsWith('公开')).length;
    expect(told, `seed ${seed}`).toBe(sealed ? 0 : replies);
  }
});

/** Everybody does whatever they may, writing secrets into every field but the public reply. */
function wander(rig: House, id: string, rng: Rng): void {
  const roles = [
    'agent',
    'dispatcher',
    'reviewer',
    'unit-operator',
    'unit-leader',
    'visitor',
    'supervisor',
    'city-leader',
  ] as const;
  const secret = (what: string) => `机密${what}`;
  for (let steps = 0; steps < 60; steps += 1) {
    const by = as(rng.pick(roles));
    const names = [...moveNames, 'contact', 'supplement', 'agree'] as const;
    const act = names[rng.int(0, names.length - 1)] ?? 'agree';
    if (act === 'withdraw' || act === 'merge') continue;
    try {
      rig.act(
        id,
        {
          do: act,
          why: secret('理由'),
          ground: secret('依据'),
          proof: secret('证明'),
          plan: secret('计划'),
          unitId: rng.pick(['traffic', 'water']),
          suggestedUnitId: 'water',
          owner: 'unit-operator',
          workdays: 1,
          level: 1,
          satisfied: rng.chance(0.5),
          publicReply: `公开答复 ${steps}`,
        },
        by,
      );
    } catch {
      // Not possible now.
    }
  }
}
