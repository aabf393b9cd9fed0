import { createEngine } from '../../src/acd/engine.ts';
import type { Decision, Input } from '../../src/acd/types.ts';
import type { NewEvent } from '../../src/events.ts';
import { AppError } from '../../src/kit/errors.ts';
import { createDesk } from '../../src/seats/desk.ts';
import type { SeatDispatcher } from '../../src/seats/ports.ts';
import { createSeatsRepo, projectSeatStates } from '../../src/seats/repo.ts';
import { createSeats } from '../../src/seats/service.ts';
import { openStore } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { rules } from '../acd/rig.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** Seats and desk over the real engine and a real database in memory; the exchange is a list. */
export function createSeatsRig() {
  const clock = new FakeClock();
  const store = openStore(':memory:');
  const log = createEventLog(store, [projectSeatStates(store)], { error: () => {} });
  const engine = createEngine();
  const phones = new Map<string, string>();
  const reachable = new Set<string>();
  const asked: string[] = [];
  const events: NewEvent[] = [];
  const submit = (input: Input): Decision => {
    const decision = engine.apply(input, clock.now());
    log.append(decision.events);
    return decision;
  };
  const dispatcher: SeatDispatcher = { submit, engine };
  submit({ kind: 'queues-configured', queues: [rules('q'), rules('r')] });
  const repo = createSeatsRepo(store);
  const exchange = {
    provisionPhone: async (seatId: string, _kind: string, { password }: { password: string }) =>
      void phones.set(seatId, password),
    removePhone: async (seatId: string) => void phones.delete(seatId),
    isPhoneReachable: (seatId: string) => reachable.has(seatId),
    dialRefusal: (number: string) => (number === '13800001234' ? null : ('not-allowed' as const)),
  };
  const seats = createSeats({
    repo,
    dispatcher,
    phones: exchange,
    clock,
    sip: { domain: '127.0.0.1', port: 5060, webSocketPath: '/sip' },
    iceServersFor: (personId) => [{ urls: ['turn:turn.city'], username: personId }],
    knowsQueue: (queueId) => queueId === 'q' || queueId === 'r',
  });
  const desk = createDesk({
    repo,
    dispatcher,
    phones: exchange,
    askCall: async (callId, request) => {
      if (callId === 'deaf') throw new AppError('not-now');
      asked.push(`${typeof request === 'string' ? request : JSON.stringify(request)} ${callId}`);
    },
    clock,
    record: (event) => void events.push(event),
    queueOf: () => 'q',
    knowsQueue: (queueId) => queueId === 'q' || queueId === 'r',
    settings: () => ({
      notReadyReasons: ['rest', 'meal'],
      approvedReasons: ['meal'],
      resultCodes: ['answered'],
      extendMs: 30_000,
      emergency: [{ code: 'police', number: '110' }],
    }),
    selfServiceOf: () => ({}),
    partyOf: () => null,
    lineOf: () => null,
    monitoredAt: () => null,
    monitoringFrom: () => null,
  });
  seats.create({
    id: '1001',
    name: '一号席',
    phone: 'browser',
    queues: [{ queueId: 'q', level: 1 }],
  });
  seats.create({ id: '1002', name: '二号席', phone: 'sip', queues: [{ queueId: 'q', level: 1 }] });
  return { clock, store, engine, submit, repo, seats, desk, phones, reachable, asked, events };
}
