import { expect, test } from 'vitest';
import { fold } from '../../src/order-rules/fold.ts';
import { type Move, moveNames, moves, startsIn } from '../../src/order-rules/moves.ts';
import type { MoveData, Order, OrderEvent } from '../../src/order-rules/order.ts';
import { type Actor, actorNames, isOpen, orderStateNames } from '../../src/order-rules/words.ts';
import { Rng } from '../sim/rng.ts';
import { enough, hand, request, Walk } from './rig.ts';

const day = 86_400_000;
const extras: readonly [MoveData, ...MoveData[]] = [
  {},
  { unit: { id: 'water', duty: 'duty-water' } },
  { unit: { id: 'gas', duty: 'duty-gas' } },
  { handlingUnitId: 'traffic/east' },
  { coUnitIds: ['water'] },
  { request: { ...request, sealed: true, type: 'report' } },
];

/** What must hold of every order at every moment. */
function wrong({ state, responsible, clocks, endedAt, pending, leadUnitId }: Order): string[] {
  const open = clocks.filter(({ stoppedAt }) => stoppedAt === null);
  const kinds = open.map(({ kind }) => kind);
  const findings = [
    !orderStateNames.includes(state) && `no such state: ${state}`,
    isOpen(state) && !responsible && 'nobody answers for it',
    !isOpen(state) && responsible !== null && 'somebody answers for an ended order',
    isOpen(state) && state !== 'draft' && open.length === 0 && 'no clock runs',
    !isOpen(state) && open.length > 0 && 'a clock runs on after the end',
    open.some(({ owner }) => owner === '') && 'a clock has no owner',
    new Set(kinds).size !== kinds.length && 'two clocks of a kind run',
    open.some(({ dueAt, startedAt }) => dueAt < startedAt) && 'due before it began',
    isOpen(state) === (endedAt !== null) && 'ended and open at once',
    open.some(({ kind, owner }) => kind === 'reply' && owner !== leadUnitId) &&
      'the reply is not with the lead unit',
    pending && pending.agreed > 1 && 'more agreement than anybody asks for',
  ];
  return findings.filter((each) => typeof each === 'string');
}

/** Somebody tries something: mostly what the state and their part allow, sometimes anything at all. */
function attempt(walk: Walk, rng: Rng): OrderEvent | undefined {
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[rng.int(0, list.length - 1)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  };
  walk.now += pick([0, 3_600_000, day, 15 * day]);
  const wild = rng.chance(0.2);
  const possible = moveNames.filter((name) => startsIn(name, walk.order?.state ?? null));
  const answers = ['agree', 'agree', 'decline'] as const;
  const what =
    walk.order?.pending && rng.chance(0.4)
      ? pick(answers)
      : pick([...(wild ? moveNames : possible), 'contact' as const, 'co-reply' as const]);
  const actor = wild ? pick(actorNames) : pick(partsOf(what, walk.order));
  const by = hand(actor, pick(['', ' two', ' three']));
  const units = what === 'co-reply' ? walk.order?.coUnitIds : [walk.order?.handlingUnitId];
  const theirs = rng.chance(0.7) ? units?.[0] : pick(['traffic', 'traffic/east', 'water']);
  const unitId = actor.startsWith('unit-') ? (theirs ?? null) : null;
  const data = { ...enough, ...rng.pick(extras), satisfied: rng.chance(0.5), notReached: false };
  const around = { returnUntil: pick([null, 0, 9e12]) };
  return walk.try(what, { ...by, unitId }, data, around).event;
}

/** Who may do it, by the table. */
function partsOf(what: string, order: Order | null): readonly Actor[] {
  if ((what === 'agree' || what === 'decline') && order?.pending) {
    const { agreedBy }: Move = moves[order.pending.move];
    return agreedBy[order.pending.agreed] ?? actorNames;
  }
  const name = moveNames.find((each) => each === what);
  if (!name) return ['unit-operator'];
  const { by }: Move = moves[name];
  return by;
}

test('100,000 random moves meet no impossible state, no clock without owner, no order without a person', () => {
  const made = new Map<string, number>();
  const reached = new Set<string>();
  let count = 0;
  for (let seed = 1; count < 100_000; seed += 1) {
    const rng = new Rng(seed);
    const walk = new Walk().act('open', hand('agent'));
    const first = walk.order;
    const log: OrderEvent[] = [];
    for (let tries = 0; tries < 120; tries += 1) {
      const event = attempt(walk, rng);
      if (!event || !walk.order) continue;
      log.push(event);
      walk.order = fold(walk.order, event);
      reached.add(walk.order.state);
      made.set(event.move, (made.get(event.move) ?? 0) + 1);
      const findings = wrong(walk.order);
      if (findings.length > 0) expect.fail(`seed ${seed}, ${event.move}: ${findings.join(', ')}`);
    }
    count += log.length;
    expect(log.reduce<Order | null>(fold, first)).toEqual(walk.order);
  }
  expect([...reached].sort()).toEqual([...orderStateNames].sort());
  const never = moveNames.filter((name) => name !== 'open' && !made.has(name));
  expect(never, 'every move was made').toEqual([]);
}, 120_000);
