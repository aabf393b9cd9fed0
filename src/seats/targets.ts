import type { SeatState } from '../events.ts';
import { pinyinOf } from '../kit/pinyin.ts';
import type { SeatDispatcher } from './ports.ts';
import type { Targets } from './schema.ts';

interface TargetSources {
  engine: Pick<SeatDispatcher['engine'], 'seats' | 'queue'>;
  seatName(seatId: string): string;
  agentName(agentId: string): string;
  queues: readonly { id: string; name: { zh: string } }[];
}

/** Who is free comes first; a seat in wrap-up soon is. */
const order: readonly SeatState[] = [
  'ready',
  'wrap-up',
  'ringing',
  'talking',
  'hold',
  'not-ready',
  'offline',
];

/** Everybody an agent could bring into a call or send it to, as they are at this moment. */
export function targetsOf({ engine, seatName, agentName, queues }: TargetSources): Targets {
  const seats = engine.seats().map(({ seatId, agentId, state, queueIds }) => {
    const name = agentName(agentId);
    return {
      seatId,
      seatName: seatName(seatId),
      agentName: name,
      state,
      queueIds: [...queueIds],
      find: pinyinOf(name),
    };
  });
  return {
    seats: seats.toSorted(
      (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.seatId.localeCompare(b.seatId),
    ),
    queues: queues.map(({ id, name }) => {
      const live = engine.queue(id);
      return {
        queueId: id,
        waiting: live?.waiting ?? 0,
        ready: live?.ready ?? 0,
        find: pinyinOf(name.zh),
      };
    }),
  };
}
