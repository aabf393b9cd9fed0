import type { House } from '../house.ts';
import type { LiveCall } from '../live-call.ts';
import type { Key } from '../ports.ts';
import type { Next, Ring, Stage } from '../stage.ts';
import { askKey, say } from './ask.ts';

type Rating = Extract<Stage, { name: 'rating' }>;

/** Asked once and once more; then thanks without a score. */
const ASKED_MAX = 2;

const scores: Partial<Record<Key, number>> = { '1': 1, '2': 2, '3': 3, '4': 4, '5': 5 };

/** The caller is asked, whatever comes of it. */
export function beginRating(call: LiveCall, house: House, { ring, asked }: Rating): void {
  if (asked > 0) return;
  call.line.forgetKeys();
  const at = house.clock.now();
  const { agentId } = ring;
  house.record({ kind: 'call.rating-asked', at, callId: call.callId, agentId });
}

/**
 * Satisfaction with the call (挂机满意度), when the agent has hung up: 5 very satisfied … 1 very
 * dissatisfied. Silence stays "not rated"; nobody is satisfied by default.
 */
export async function rating(
  call: LiveCall,
  house: House,
  ring: Ring,
  asked: number,
): Promise<Next> {
  const { callId } = call;
  const { seatId, agentId, queueId } = ring;
  const prompt = asked === 0 ? 'rating-ask' : 'rating-repeat';
  const key = await askKey(call, [prompt], house.hotline().rating.timeoutMs);
  const score = key === undefined ? undefined : scores[key];
  if (score === undefined && asked + 1 < ASKED_MAX) {
    if (key !== undefined) await say(call, 'rating-invalid');
    return { name: 'rating', ring, asked: asked + 1 };
  }
  if (score !== undefined) {
    const now = house.clock.now();
    house.record({ kind: 'call.rated', at: now, callId, queueId, agentId, seatId, score });
  }
  await say(call, score === undefined ? 'goodbye' : 'rating-thanks');
  return { name: 'ended', ending: 'agent-hung-up' };
}
