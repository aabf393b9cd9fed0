import type { Targets } from '../../src/seats/schema.ts';
import { targetsOf } from '../../src/seats/targets.ts';
import { city } from './city.ts';
import { wholeFloor } from './floor.ts';
import { people } from './people.ts';

/** Whom the demo agent can bring into a call, by the server's own rule. */
export function targets(): Targets {
  const floor = wholeFloor();
  return targetsOf({
    engine: {
      seats: () =>
        floor.seats.flatMap((seat) =>
          seat.agentId === null
            ? []
            : [{ ...seat, agentId: seat.agentId, callId: null, until: null, notReadyNext: null }],
        ),
      queue: (queueId) => {
        const live = floor.queues.find((queue) => queue.queueId === queueId);
        return live ? { ...live, signedIn: live.seats.signedIn, ready: live.seats.ready } : null;
      },
    },
    seatName: (seatId) => floor.seats.find((seat) => seat.seatId === seatId)?.seatName ?? seatId,
    agentName: (agentId) => people.find(({ id }) => id === agentId)?.name ?? agentId,
    queues: city.queues,
  });
}
