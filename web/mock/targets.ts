import { pinyinOf } from '../../src/kit/pinyin.ts';
import type { ExpertChoice, Targets } from '../../src/seats/schema.ts';
import { targetsOf } from '../../src/seats/targets.ts';
import { city } from './city.ts';
import { demoMidnight } from './demo-clock.ts';
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

/** Expert positions: police, tax and the others, on duty by a roster. */
export function experts(): ExpertChoice[] {
  const until = (hour: number) => demoMidnight + hour * 3_600_000;
  const some: [string, string, string, number, boolean][] = [
    ['police', '公安专家席', '林警官', 18, true],
    ['transport', '交通专家席', '何志强', 20, true],
    ['health', '卫健专家席', '苏医生', 17, false],
    ['tax', '税务专家席', '彭会计', 18, true],
    ['customs', '海关专家席', '', 0, false],
  ];
  return some.map(([id, name, who, hour, reachable]) => ({
    id,
    name,
    skill: id,
    kind: id === 'customs' ? 'number' : 'seat',
    onDuty: who === '' ? null : { who, until: until(hour) },
    reachable,
    find: pinyinOf(name),
  }));
}
