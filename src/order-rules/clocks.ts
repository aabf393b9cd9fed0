import type { MoveName } from './moves.ts';
import type { Clock, ClockKind, Order, OrderEvent, PauseReason } from './order.ts';

interface ClockWork {
  readonly stop?: readonly ClockKind[] | 'all';
  readonly start?: readonly ClockKind[];
  readonly pause?: readonly [ClockKind, PauseReason];
  readonly resume?: ClockKind;
}

const toUnit: ClockWork = { stop: 'all', start: ['sign', 'reply'] };
const over: ClockWork = { stop: 'all' };

/** What each move does to the clocks; moves that are not here leave them alone. */
const clockWork: Partial<Record<OrderEvent['move'], ClockWork>> = {
  submit: { start: ['dispatch'] },
  answer: over,
  refuse: over,
  merge: over,
  'dispatch-by-rule': toUnit,
  dispatch: toUnit,
  'approve-return': toUnit,
  rule: toUnit,
  redispatch: toUnit,
  'hand-outside': { stop: 'all', start: ['outside'] },
  'outside-result': { stop: 'all', start: ['visit'] },
  'outside-refused': { stop: 'all', start: ['dispatch'] },
  sign: { stop: ['sign'], start: ['contact'] },
  'deem-accepted': { stop: ['sign'], start: ['contact'] },
  // The time a refused return took is the unit's: reply goes on running.
  'ask-return': { stop: ['sign'], start: ['return'] },
  'refuse-return': { stop: ['return'], start: ['contact'] },
  'call-dispute': { stop: 'all', start: ['dispatch'] },
  contact: { stop: ['contact'] },
  extend: { start: ['reply'] },
  hang: { pause: ['reply', 'long-term'] },
  'take-up': { resume: 'reply' },
  // Checking a reply is the hotline's time, not the unit's.
  'approve-reply': { pause: ['reply', 'reply-checked'], start: ['check'] },
  'check-sends-back': { stop: ['check'], resume: 'reply' },
  'accept-reply': { stop: 'all', start: ['visit'] },
  close: over,
  withdraw: over,
  'ask-rework': { stop: 'all', start: ['dispatch'] },
  'close-as-final': over,
  archive: over,
  reopen: { start: ['dispatch'] },
};

/** Clocks a move starts, for which `decide` has to work out when they are due. */
export function clocksStartedBy(move: MoveName): readonly ClockKind[] {
  return clockWork[move]?.start ?? [];
}

/**
 * The clocks after an event: of each kind the latest one. The events keep the earlier ones.
 */
export function clocksAfter(order: Order, event: OrderEvent, leadUnitId: string | null): Clock[] {
  const { stop = [], start = [], pause, resume }: ClockWork = clockWork[event.move] ?? {};
  const { at } = event;
  const others = order.clocks.filter(({ kind }) => !start.includes(kind));
  const kept = others.map((clock): Clock => {
    if (clock.stoppedAt !== null) return clock;
    // A meeting may set another day for the reply.
    const decided = event.move === 'decision' ? event.data.due?.[clock.kind] : undefined;
    if (decided !== undefined) return { ...clock, dueAt: decided };
    if (stops(stop, clock.kind))
      return { ...clock, stoppedAt: clock.paused?.at ?? at, paused: null };
    if (pause?.[0] === clock.kind) return { ...clock, paused: { at, why: pause[1] } };
    if (resume === clock.kind && clock.paused) {
      return { ...clock, dueAt: clock.dueAt + at - clock.paused.at, paused: null };
    }
    return clock;
  });
  const started = start.map((kind): Clock => {
    const before = order.clocks.find((clock) => clock.kind === kind && clock.stoppedAt === null);
    return {
      kind,
      owner: ownerOf(kind, leadUnitId),
      // An extension moves the end of a clock, not its beginning.
      startedAt: event.move === 'extend' ? (before?.startedAt ?? at) : at,
      dueAt: event.data.due?.[kind] ?? at,
      stoppedAt: null,
      paused: null,
    };
  });
  return [...kept, ...started];
}

/** The clock of a kind that has not been stopped, if there is one. */
export function running(order: Order, kind: ClockKind): Clock | undefined {
  return order.clocks.find((clock) => clock.kind === kind && clock.stoppedAt === null);
}

function stops(stop: readonly ClockKind[] | 'all', kind: ClockKind): boolean {
  return stop === 'all' || stop.includes(kind);
}

function ownerOf(kind: ClockKind, leadUnitId: string | null): string {
  if (kind === 'sign' || kind === 'contact' || kind === 'reply') return leadUnitId ?? 'hotline';
  return kind === 'outside' ? 'outside' : 'hotline';
}
