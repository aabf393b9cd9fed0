import type { DomainEvent } from '../events.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import { AlertWatch, type Ongoing } from './alert-watch.ts';
import type { AlertRecord, AlertsRepo } from './alerts-repo.ts';
import type { By, LeadingGround } from './ports.ts';
import type { AlertRow } from './schema.ts';

/** Alerts kept: raised and ended by what happens, acknowledged by a leader. */
export interface AlertService {
  onEvent(event: DomainEvent): void;
  onExchange(isConnected: boolean): void;
  open(): AlertRow[];
  /** Latest first, from before a moment. */
  list(before: number, limit: number): AlertRow[];
  /** What has no end of its own is over with it. @throws AppError `not-found` */
  acknowledge(ids: readonly string[], by: By): void;
  /** The agent wants a leader to come (举手); `not-at-a-seat`. */
  raiseHand(by: By): void;
  lowerHand(by: By): void;
  handUpAt(agentId: string): number | null;
  /** Another process may have raised alerts, or ended them. */
  reread(): void;
  /** After a restart: goes on with what is going on. */
  resume(ongoing: Ongoing): void;
  stop(): void;
}

interface AlertOptions extends LeadingGround {
  repo: AlertsRepo;
  nameOf: (personId: string) => string;
}

/** These wait for somebody to look at them: nothing that happens ends them. */
const endsWhenSeen = new Set<AlertRow['kind']>(['low-rating', 'recording-failed', 'raised-hand']);

const noSubject = { callId: null, queueId: null, score: null, limitMs: null };

export function createAlerts(options: AlertOptions): AlertService {
  const { clock, events, audit, hotline, dispatcher, repo, nameOf } = options;
  /** Ids of the alerts that are up, by key. */
  const open = new Map(repo.open().map(({ key, id }) => [key, id]));
  const seatOf = (agentId: string) =>
    dispatcher.engine.seats().find((seat) => seat.agentId === agentId);

  // Told of what has happened already: the disk has no say in it.
  const voice: ConstructorParameters<typeof AlertWatch>[0]['voice'] = {
    raise(key, alert, about) {
      if (open.has(key)) return;
      const alertId = newId();
      open.set(key, alertId);
      events.keep([{ kind: 'alert.raised', at: clock.now(), alertId, key, alert, about }]);
    },
    over(key) {
      const alertId = open.get(key);
      if (alertId === undefined) return;
      open.delete(key);
      events.keep([{ kind: 'alert.over', at: clock.now(), alertId }]);
    },
  };
  const watch = new AlertWatch({
    clock,
    voice,
    limitsOf: (queueId) => hotline().queues.find(({ id }) => id === queueId)?.alerts ?? null,
    lowAtMost: () => hotline().rating.lowAtMost,
  });

  function need(id: string): AlertRecord {
    const row = repo.find(id);
    if (!row) throw new AppError('not-found');
    return row;
  }

  const view = ({ key: _key, agentId, acknowledgedBy, ...row }: AlertRecord): AlertRow => ({
    ...row,
    agentName: agentId === null ? null : nameOf(agentId),
    acknowledgedBy: acknowledgedBy === null ? null : nameOf(acknowledgedBy),
  });

  return {
    onEvent: (event) => watch.apply(event),
    onExchange: (isConnected) => watch.onExchange(isConnected),
    open: () => repo.open().map(view),
    list: (before, limit) => repo.page(before, limit).map(view),
    acknowledge(ids, by) {
      for (const row of [...new Set(ids)].map(need)) {
        if (row.acknowledgedAt !== null) continue;
        const at = clock.now();
        const { id: alertId } = row;
        const event = { kind: 'alert.acknowledged', at, alertId, personId: by.person.id } as const;
        events.append([event], () =>
          audit({
            ...by,
            action: 'alert.acknowledged',
            subject: `alert:${alertId}`,
            detail: { kind: row.kind, seatId: row.seatId, queueId: row.queueId },
          }),
        );
        if (endsWhenSeen.has(row.kind)) voice.over(row.key);
      }
    },
    raiseHand(by) {
      const seat = seatOf(by.person.id);
      if (!seat) throw new AppError('not-at-a-seat');
      const { seatId, agentId } = seat;
      voice.raise(`hand:${seatId}`, 'raised-hand', { ...noSubject, seatId, agentId });
    },
    lowerHand(by) {
      const seat = seatOf(by.person.id);
      if (seat) voice.over(`hand:${seat.seatId}`);
    },
    handUpAt(agentId) {
      const seat = seatOf(agentId);
      const id = seat && open.get(`hand:${seat.seatId}`);
      return id === undefined ? null : (repo.find(id)?.at ?? null);
    },
    reread() {
      open.clear();
      for (const { key, id } of repo.open()) open.set(key, id);
    },
    resume(ongoing) {
      for (const key of open.keys()) {
        const seatId = key.startsWith('hand:') ? key.slice('hand:'.length) : null;
        if (seatId !== null && dispatcher.engine.seat(seatId) === null) voice.over(key);
      }
      watch.resume(ongoing, [...open.keys()]);
    },
    stop: () => watch.stop(),
  };
}
