import { type Act, type Decision, type Desk, decide } from '../../src/order-rules/decide.ts';
import { fold } from '../../src/order-rules/fold.ts';
import type { Move, MoveName } from '../../src/order-rules/moves.ts';
import { moves } from '../../src/order-rules/moves.ts';
import type { Hand, MoveData, Order } from '../../src/order-rules/order.ts';
import type { Actor, OrderState } from '../../src/order-rules/words.ts';

const hour = 3_600_000;
/** Units by their paths: `traffic/east` lies below `traffic`. */
const isWithin = (unit: string, above: string) => unit === above || unit.startsWith(`${above}/`);

export const desk = (now: number): Desk => ({
  now,
  isWithin,
  returnUntil: null,
  extensions: { times: 2, workdays: 10, aloneUpTo: 0 },
  extensionCutOff: { passed: false },
  confidence: 0.9,
  appealMs: 240 * hour,
  visitTries: 2,
  due: (_, kind) => now + (kind === 'reply' ? 120 : 8) * hour,
  hotlineDuty: 'duty-dispatcher',
});

export const hand = (actor: Actor, who = ''): Hand => ({
  personId: `${actor}${who}`,
  actor,
  unitId: actor.startsWith('unit-') ? 'traffic' : null,
});

export const request = {
  type: 'consult',
  urgency: 'normal',
  party: 'person',
  matter: 'M704',
  area: '440105',
  sealed: false,
  againstUnitId: null,
} as const;

/** Data every guard is content with. */
export const enough: MoveData = {
  why: '理由',
  request,
  complete: true,
  citesItem: 'K1',
  pack: 'general@1',
  confidence: 1,
  unit: { id: 'traffic', duty: 'duty-traffic' },
  owner: 'somebody',
  masterId: 'another',
  ground: '依据',
  suggestedUnitId: 'water',
  workdays: 1,
  plan: '计划',
  until: 9e12,
  taskId: 'task',
  meeting: { id: 'm', title: '联席会议' },
  settled: true,
  site: { at: 0, place: '路口', position: null, parties: '双方', fileIds: [] },
  publicReply: '答复',
  proof: '证明',
  callId: 'call',
  relay: { callId: 'call' },
  tried: 'no-answer',
  satisfied: true,
  level: 1,
  sealed: true,
};

/** An order on its way, moved by named hands; what is refused throws. */
export class Walk {
  order: Order | null = null;
  now = 1_700_000_000_000;

  act(what: Act['do'], by: Hand, data: MoveData = enough): this {
    const { event, refusal } = this.try(what, by, data);
    if (!event) throw new Error(`${what} refused: ${refusal}`);
    this.order = fold(this.order, event);
    return this;
  }

  try(what: Act['do'], by: Hand, data: MoveData = enough, change: Partial<Desk> = {}): Decision {
    this.now += 60_000;
    return decide('order', this.order, { do: what, data }, by, { ...desk(this.now), ...change });
  }

  /** Makes a move with all the agreement it needs. */
  make(move: MoveName, data: MoveData = enough): this {
    const { by, agreedBy }: Move = moves[move];
    this.act(move, hand(by[0] ?? 'system'), data);
    for (const actors of agreedBy) this.act('agree', hand(actors[0] ?? 'system', ' two'));
    return this;
  }
}

/** The shortest way into each state. */
const ways: Record<OrderState, readonly (MoveName | 'contact')[]> = {
  draft: ['open'],
  answered: ['open', 'answer'],
  accepted: ['open', 'submit'],
  review: ['open', 'submit', 'review'],
  dispatched: ['open', 'submit', 'review', 'dispatch'],
  handling: ['open', 'submit', 'dispatch-by-rule', 'sign'],
  'return-requested': ['open', 'submit', 'dispatch-by-rule', 'ask-return'],
  dispute: ['open', 'submit', 'call-dispute'],
  'unit-approval': ['open', 'submit', 'dispatch-by-rule', 'sign', 'contact', 'reply'],
  'reply-check': [
    'open',
    'submit',
    'dispatch-by-rule',
    'sign',
    'contact',
    'reply',
    'approve-reply',
  ],
  visit: [
    'open',
    'submit',
    'dispatch-by-rule',
    'sign',
    'contact',
    'reply',
    'approve-reply',
    'accept-reply',
  ],
  rework: ['open', 'submit', 'hand-outside', 'outside-result', 'ask-rework'],
  closed: ['open', 'submit', 'hand-outside', 'outside-result', 'close'],
  archived: ['open', 'answer', 'archive'],
  'long-term': ['open', 'submit', 'dispatch-by-rule', 'sign', 'hang'],
  merged: ['open', 'submit', 'merge'],
  rejected: ['open', 'refuse'],
  external: ['open', 'submit', 'hand-outside'],
};

/** An order in a state. */
export function orderIn(state: OrderState): Walk {
  const walk = new Walk();
  for (const move of ways[state]) {
    if (move === 'contact') walk.act('contact', hand('unit-operator'));
    else if (move === 'ask-rework') walk.make(move, { ...enough, satisfied: false });
    else if (move === 'archive') {
      walk.now += 300 * hour;
      walk.make(move);
    } else walk.make(move);
  }
  return walk;
}
