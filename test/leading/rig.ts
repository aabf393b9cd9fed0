import type { Hotline } from '../../config/hotline.ts';
import type { AuditEntry } from '../../src/access.ts';
import { createEngine } from '../../src/acd/engine.ts';
import type { Input } from '../../src/acd/types.ts';
import type { DomainEvent } from '../../src/events.ts';
import { createAlerts } from '../../src/leading/alerts.ts';
import { createAlertsRepo } from '../../src/leading/alerts-repo.ts';
import { createEmergency } from '../../src/leading/emergency.ts';
import { createEmergencyRepo } from '../../src/leading/emergency-repo.ts';
import { createNotices } from '../../src/leading/notices.ts';
import { createNoticesRepo } from '../../src/leading/notices-repo.ts';
import { createPlans } from '../../src/leading/plans.ts';
import { createPlansRepo } from '../../src/leading/plans-repo.ts';
import { projectLeading } from '../../src/leading/projection.ts';
import { createRests } from '../../src/leading/rests.ts';
import { createRestsRepo } from '../../src/leading/rests-repo.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { createEventLog } from '../../src/store/event-log.ts';
import { rules } from '../acd/rig.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { smallHotline } from '../support/hotline.ts';

export const hotlineWithRests = (change: (doc: Hotline) => void = () => {}) =>
  smallHotline((doc) => {
    doc.notReadyReasons.push({ code: 'meal', name: { zh: '用餐', en: 'Meal' } });
    doc.rest = { reasons: ['meal'], quota: null, refuseAfterMs: 300_000 };
    change(doc);
  });

/** Leading over the real engine and a database in memory; give it the same store to start again. */
export function openLeadingRig(
  hotline = hotlineWithRests(),
  store: Store = openStore(':memory:'),
  complain: (words: string) => void = (words) => {
    throw new Error(words);
  },
) {
  const clock = new FakeClock();
  const events = createEventLog(store, [projectLeading(store)], {
    error: (...args: unknown[]) => complain(JSON.stringify(args)),
  });
  const engine = createEngine();
  const heard: DomainEvent[] = [];
  const audited: AuditEntry[] = [];
  const audit = (entry: AuditEntry) => void audited.push(entry);
  const inbox: Input[] = [];
  let busy = false;
  const submit = (input: Input) => {
    inbox.push(input);
    if (busy) return;
    busy = true;
    for (let next = inbox.shift(); next; next = inbox.shift()) {
      events.append(engine.apply(next, clock.now()).events);
    }
    busy = false;
  };
  submit({ kind: 'queues-configured', queues: [rules('consumer'), rules('general')] });
  const versions = [hotline];
  const current = () => ({ version: versions.length, hotline: versions.at(-1) ?? hotline });
  const dispatcher = { submit, engine };
  const ground = {
    clock,
    events,
    audit,
    dispatcher,
    hotline: () => current().hotline,
    nameOf: (id: string) => `Name of ${id}`,
    log: { error: () => {} },
  };
  const seats = ['801', '802', '803'].map((id) => ({
    id,
    name: `Seat ${id}`,
    queues: [{ queueId: id === '803' ? 'general' : 'consumer', level: 1 }],
  }));
  const rests = createRests({ ...ground, repo: createRestsRepo(store) });
  const alerts = createAlerts({ ...ground, repo: createAlertsRepo(store) });
  const notices = createNotices({ ...ground, repo: createNoticesRepo(store) });
  const plans = createPlans({
    ...ground,
    repo: createPlansRepo(store),
    seats: {
      all: () => seats,
      move(seatId, queues) {
        const seat = seats.find(({ id }) => id === seatId);
        if (seat) seat.queues = queues;
        submit({ kind: 'seat-queues', seatId, memberships: queues });
      },
    },
  });
  const emergency = createEmergency({
    ...ground,
    repo: createEmergencyRepo(store),
    notices,
    plans,
    versions: {
      current,
      version: (n) => ({ hotline: versions[n - 1] ?? hotline }),
      change: (change) => void versions.push(change.hotline),
    },
  });
  events.subscribe((event) => void heard.push(event));
  events.subscribe(alerts.onEvent);
  events.subscribe(rests.onEvent);
  const by = (id: string) => ({
    ip: '10.0.0.1',
    person: { id, login: id, name: id, staffNo: '1', roles: [], mustChangePassword: false },
  });
  /** Somebody sits down and is ready. */
  const sit = (seatId: string, agentId: string) => {
    const memberships = seats.find(({ id }) => id === seatId)?.queues ?? [];
    submit({ kind: 'seat-signed-in', seatId, agentId, memberships });
    submit({ kind: 'seat-ready', seatId });
  };
  const enter = (callId: string, queueId = 'consumer') =>
    submit({
      kind: 'caller-entered',
      callId,
      queueId,
      priority: 0,
      arrivedAt: clock.now(),
      lastAgentId: null,
    });
  /** A caller talks at the seat, which must be the next to be rung. */
  const talk = (callId: string, seatId: string, queueId = 'consumer') => {
    enter(callId, queueId);
    submit({ kind: 'seat-answered', callId, seatId, attempt: 1 });
  };
  return {
    clock,
    store,
    events,
    engine,
    submit,
    versions,
    seats,
    rests,
    alerts,
    notices,
    plans,
    emergency,
    heard,
    audited,
    acts: () => audited.map(({ person, action, subject }) => [person?.id, action, subject]),
    by,
    sit,
    enter,
    talk,
    /** The changed hotline comes into force. */
    change: (doc: Hotline) => void versions.push(doc),
  };
}
