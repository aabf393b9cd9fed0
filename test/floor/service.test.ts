import { beforeEach, describe, expect, it } from 'vitest';
import type { SeatStatus } from '../../src/acd/types.ts';
import type { DomainEvent } from '../../src/events.ts';
import { createFloorFold } from '../../src/floor/fold.ts';
import { registerFloorRoutes } from '../../src/floor/routes.ts';
import { floorSchema } from '../../src/floor/schema.ts';
import { createFloorService, type FloorService } from '../../src/floor/service.ts';
import { createServer } from '../../src/http/server.ts';
import { createLog } from '../../src/kit/log.ts';
import { limitsOf } from '../support/limits.ts';

const midnight = Date.parse('2026-11-21T00:00:00+08:00');
const now = midnight + 2_700_000;

function status(seatId: string, state: SeatStatus['state'], more: Partial<SeatStatus> = {}) {
  return {
    seatId,
    agentId: `agent-${seatId}`,
    state,
    since: now - 5_000,
    reason: null,
    callId: null,
    until: null,
    notReadyNext: null,
    queueIds: ['consumer'],
    ...more,
  };
}

let seats: SeatStatus[];
let floor: FloorService;
beforeEach(() => {
  seats = [];
  floor = createFloorService(
    createFloorFold(limitsOf(() => 15_000)),
    {
      configuredSeats: () =>
        ['801', '802', '803', '804'].map((id) => ({
          id,
          name: `Seat ${id}`,
          enabled: id !== '804',
          queues: [{ queueId: 'housing' }],
        })),
      queueIds: () => ['consumer', 'housing'],
      seats: () => seats,
      queue: (queueId) =>
        queueId === 'consumer'
          ? { queueId, callBacks: 0, waiting: 2, longestSince: now - 30_000, signedIn: 3, ready: 1 }
          : null,
      agentName: (agentId) => `Name of ${agentId}`,
      queueOfCall: (callId) => (callId === 'from-before-the-restart' ? 'housing' : null),
      isReachable: (seatId) => seatId !== '803',
      isConnected: () => true,
    },
    { now: () => now },
  );
});

const ringing: DomainEvent = {
  seq: 1,
  at: now,
  kind: 'call.ringing',
  callId: 'c1',
  queueId: 'consumer',
  seatId: '801',
  agentId: 'agent-801',
  attempt: 1,
  chosenBy: 'longest-idle',
  level: 1,
};

describe('the floor', () => {
  it('has every seat in use, and the empty ones that are enabled', () => {
    seats = [status('801', 'ready'), status('804', 'not-ready', { reason: 'lunch' })];
    const { seats: shown } = floor.state();
    expect(shown.map(({ seatId, state }) => [seatId, state])).toEqual([
      ['801', 'ready'],
      ['802', 'offline'],
      ['803', 'offline'],
      ['804', 'not-ready'],
    ]);
    expect(shown[0]).toMatchObject({ agentName: 'Name of agent-801', queueIds: ['consumer'] });
    expect(shown[1]).toMatchObject({ agentId: null, queueIds: ['housing'], since: midnight });
    expect(shown[2]?.reachable).toBe(false);
    expect(shown[3]?.reason).toBe('lunch');
  });

  it('knows since when a seat is empty', () => {
    const at = now - 60_000;
    floor.apply({ seq: 1, at, kind: 'seat.signed-out', seatId: '802', agentId: 'agent-802' });
    expect(floor.state().seats.find(({ seatId }) => seatId === '802')?.since).toBe(at);
  });

  it('counts a seat of two queues in both, on hold as talking', () => {
    seats = [
      status('801', 'ready', { queueIds: ['consumer', 'housing'] }),
      status('802', 'hold'),
      status('803', 'wrap-up'),
    ];
    const [consumer, housing] = floor.state().queues;
    expect(consumer).toMatchObject({
      queueId: 'consumer',
      waiting: 2,
      longestSince: now - 30_000,
      seats: { signedIn: 3, ready: 1, ringing: 0, talking: 1, wrapUp: 1, notReady: 0 },
    });
    expect(housing).toMatchObject({
      waiting: 0,
      longestSince: null,
      seats: { signedIn: 1, ready: 1 },
    });
  });

  it('says which queue a seat is busy for, also for a call from before a restart', () => {
    floor.apply(ringing);
    seats = [
      status('801', 'ringing', { callId: 'c1' }),
      status('802', 'talking', { callId: 'from-before-the-restart' }),
    ];
    const queuesOf = () => floor.state().seats.map((seat) => seat.callQueueId);
    expect(queuesOf()).toEqual(['consumer', 'housing', null]);
  });

  it('is handed out by HTTP to those who may watch it', async () => {
    floor.apply({
      seq: 1,
      at: now,
      kind: 'call.queued',
      callId: 'c1',
      queueId: 'consumer',
      priority: 0,
      arrivedAt: now,
    });
    const app = await createServer({
      config: {
        http: { port: 0, publicOrigins: [], trustedProxies: [] },
        rateLimit: { perMinute: 100, signInPerMinute: 10 },
      },
      log: createLog('silent'),
      readiness: () => ({
        database: 'ok',
        exchange: 'ok',
        prompts: 'ok',
        storage: 'ok',
        loop: 'ok',
      }),
      consoleFolder: import.meta.dirname,
      sessionOf: (cookie) => {
        const role = cookie === 'leader' ? 'leader' : 'agent';
        const person = { id: 'p', login: 'p', name: 'p', staffNo: '1', roles: [role] };
        return { sessionId: 's', person: { ...person, mustChangePassword: false } as never };
      },
    });
    registerFloorRoutes(app, () => ({ n: 7, ...floor.state() }));
    const get = (cookie: string) => app.inject({ url: '/api/floor', headers: { cookie } });
    expect((await get('agent')).statusCode).toBe(403);
    const shown = floorSchema.parse((await get('leader')).json());
    expect(shown).toMatchObject({ n: 7, today: { offered: 1 } });
    expect(shown.quarters.map((one) => one.offered)).toEqual([0, 0, 0, 1]);
    await app.close();
  });
});
