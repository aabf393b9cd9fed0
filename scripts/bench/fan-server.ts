import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { createEngine } from '../../src/acd/engine.ts';
import type { SeatStatus } from '../../src/acd/types.ts';
import { createFloorFold } from '../../src/floor/fold.ts';
import { createFloorService } from '../../src/floor/service.ts';
import { systemClock } from '../../src/kit/clock.ts';
import { createGateway } from '../../src/realtime/gateway.ts';
import type { FloorChange } from '../../src/realtime/protocol.ts';
import { plainRules, queueName, someQueues } from '../../src/staffing/floor.ts';
import { createRandom } from '../../src/staffing/random.ts';
import type { Session } from '../../src/yihao-server.ts';
import { type FanOrder, type FanReport, fanOrder, monotonicMs } from './fan-words.ts';

const QUEUES = 100;
const GAP_MS = 1_000;
const states = ['ready', 'ringing', 'talking', 'wrap-up'] as const;

/** A floor of so many seats, of which some change once a second, all in one moment. */
function openFloor({ seats, changing }: FanOrder) {
  const random = createRandom(seats);
  const engine = createEngine();
  const rules = Array.from({ length: QUEUES }, (_, at) => plainRules(queueName(at)));
  engine.apply({ kind: 'queues-configured', queues: rules }, 0);
  const statuses = Array.from({ length: seats }, (_, at): SeatStatus => {
    const memberships = someQueues(random, QUEUES, 5);
    const agentId = `agent-${at}`;
    engine.apply({ kind: 'seat-signed-in', seatId: `seat-${at}`, agentId, memberships }, 0);
    const status = engine.seat(`seat-${at}`);
    if (!status) throw new Error('a seat that has signed in is not there');
    return status;
  });
  const configured = statuses.map(({ seatId, queueIds }) => ({
    id: seatId,
    name: seatId,
    enabled: true,
    queues: queueIds.map((queueId) => ({ queueId })),
  }));
  const service = createFloorService(
    createFloorFold({ serviceLevelMs: () => 15_000, shortAbandonMs: () => 5_000 }),
    {
      configuredSeats: () => configured,
      queueIds: () => rules.map(({ id }) => id),
      seats: () => statuses,
      queue: (queueId) => engine.queue(queueId),
      agentName: (agentId) => agentId,
      queueOfCall: () => null,
      isReachable: () => true,
      isConnected: () => true,
    },
    systemClock,
  );
  return {
    service,
    change() {
      for (let times = 0; times < changing; times += 1) {
        const at = random.below(seats);
        const status = statuses[at];
        const state = states[random.below(states.length)] ?? 'ready';
        if (status) statuses[at] = { ...status, state, since: systemClock.now() };
      }
    },
  };
}

const session: Session = {
  sessionId: 's',
  person: {
    id: 'p',
    login: 'p',
    name: 'p',
    staffNo: '1',
    roles: ['leader'],
    mustChangePassword: false,
  },
};

/** The house's own gateway. */
function openOurs(order: FanOrder, http: ReturnType<typeof createServer>): () => void {
  const floor = openFloor(order);
  // The stream of changes begins at the first look. What each console is sent when it comes, the whole
  // floor, is not measured here and left out.
  const empty = { ...floor.service.state(), seats: [] };
  let looks = 0;
  let isPlaying = false;
  const state = () => {
    looks += 1;
    return looks === 1 || isPlaying ? floor.service.state() : empty;
  };
  const gateway = createGateway({
    server: http,
    clock: systemClock,
    log: console,
    // A session of its own for each twenty sockets, as the house wants it.
    sessionOf: (cookie) => (cookie ? { ...session, sessionId: cookie } : null),
    isOwnOrigin: () => true,
    may: () => true,
    floor: state,
    desk: () => null,
    pop: () => null,
    agentAt: () => null,
    agentName: (agentId) => agentId,
    agentOfCall: () => null,
    storage: () => 'ok',
  });
  return () => {
    isPlaying = true;
    floor.change();
    gateway.onEvent({ kind: 'seat.queues', seq: 1, at: 0, seatId: 'seat-0', queueIds: [] });
  };
}

/** Socket.IO alone, which sends messages like ours that are ready-made. */
function openBare(order: FanOrder, http: ReturnType<typeof createServer>): () => void {
  const io = new Server(http, { transports: ['websocket'], serveClient: false });
  io.on('connection', (socket) => {
    socket.on('watchFloor', (reply: (answer: object) => void) => {
      void socket.join('floor');
      reply({ ok: true, state: {} });
    });
  });
  const messages = readyMade(order);
  let at = 0;
  return () => {
    io.to('floor').emit('floor', messages[at % messages.length]);
    at += 1;
  };
}

/** Changes of a floor as ours tells them. */
function readyMade(order: FanOrder): FloorChange[] {
  const floor = openFloor(order);
  floor.change();
  let before = new Map<string, string>();
  return Array.from({ length: 6 }, (_, n) => {
    const { now, queues, seats, today, connected } = floor.service.state();
    const texts = new Map([
      ...queues.map((one) => [one.queueId, JSON.stringify(one)] as const),
      ...seats.map((one) => [one.seatId, JSON.stringify(one)] as const),
    ]);
    const isNew = (id: string) => before.get(id) !== texts.get(id);
    const change: FloorChange = {
      n,
      now,
      queues: queues.filter(({ queueId }) => isNew(queueId)),
      seats: seats.filter(({ seatId }) => isNew(seatId)),
      today,
      quarter: { index: 0, offered: 0, answered: 0 },
      connected,
    };
    before = texts;
    floor.change();
    return change;
  }).slice(1);
}

function serve(order: FanOrder): void {
  const http = createServer();
  const tell = order.side === 'ours' ? openOurs(order, http) : openBare(order, http);
  http.listen(0, '127.0.0.1', () => {
    const address = http.address();
    if (typeof address === 'object' && address) process.send?.({ port: address.port });
  });
  process.once('message', () => void play(order.rounds, tell));
}

async function play(rounds: number, tell: () => void): Promise<void> {
  const changedAt: number[] = [];
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    changedAt.push(monotonicMs());
    tell();
    await new Promise((resolve) => void systemClock.after(GAP_MS, () => resolve(undefined)));
  }
  const { user, system } = process.cpuUsage(before);
  const report: FanReport = { changedAt, cpuMs: (user + system) / 1_000 };
  process.send?.(report);
}

serve(fanOrder.parse(JSON.parse(process.argv[2] ?? '{}')));
