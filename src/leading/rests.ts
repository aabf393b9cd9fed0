import type { DomainEvent } from '../events.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import { DueTimes } from './due-times.ts';
import type { By, LeadingGround } from './ports.ts';
import type { RestRow, RestsRepo } from './rests-repo.ts';
import type { Rest, RestDecision, RestQuota, Rests } from './schema.ts';

/** A decided rest stays on the agent's desk for this long, so that a refusal is seen. */
const SHOWN_AFTER_MS = 120_000;
const PAST_ROWS = 100;

/** Rest that needs approval (小休审批): asked for, decided, and kept to by the seat. */
export interface RestService {
  /** @throws AppError `not-at-a-seat`, `conflict` when one is open, `invalid-input` */
  ask(wanted: { reason: string; note: string }, by: By): Rest;
  /** Takes back what was asked or approved and has not begun. @throws AppError `not-found` */
  withdraw(by: By): void;
  /**
   * All or none. What is approved begins with the end of the seat's present call.
   * @throws AppError `not-now` when one is decided already, `rest-quota`
   */
  decide(decision: RestDecision, by: By): Rest[];
  /** What the agent's desk shows: open, or just decided. */
  of(agentId: string): Rest | null;
  list(): Rests;
  onEvent(event: DomainEvent): void;
  /** After a restart: goes on with what is open. */
  resume(): void;
  stop(): void;
}

interface RestOptions extends LeadingGround {
  repo: RestsRepo;
  nameOf: (personId: string) => string;
}

export function createRests(options: RestOptions): RestService {
  const { clock, events, audit, hotline, dispatcher, repo, nameOf } = options;
  const { engine } = dispatcher;
  const due = new DueTimes(clock, (restId) => {
    const rest = repo.find(restId);
    if (rest?.state === 'asked') decided(rest, 'expired', null);
  });

  const homeOf = (seatId: string) => engine.seat(seatId)?.queueIds[0] ?? null;
  const view = (row: RestRow): Rest => ({
    ...row,
    agentName: nameOf(row.agentId),
    decidedBy: row.decidedBy === null ? null : nameOf(row.decidedBy),
    queueId: homeOf(row.seatId),
  });

  function decided(
    { id: restId, seatId, agentId }: RestRow,
    outcome: Exclude<Rest['state'], 'asked'>,
    by: By | null,
  ): void {
    const personId = by?.person.id ?? null;
    const event = { kind: 'rest.decided', restId, seatId, agentId, outcome, personId } as const;
    events.append([{ ...event, at: clock.now() }], () => {
      if (by === null) return;
      audit({ ...by, action: `rest.${outcome}`, subject: `seat:${seatId}`, detail: { restId } });
    });
    due.clear(restId);
  }

  /** An approved rest begins at once, or after the present call; a ring is let through first. */
  function begin(rest: RestRow): void {
    const seat = engine.seat(rest.seatId);
    const isPending = rest.state === 'approved' && rest.begunAt === null;
    if (!seat || !isPending || seat.state === 'ringing') return;
    if (seat.notReadyNext === rest.reason) return;
    dispatcher.submit({ kind: 'seat-not-ready', seatId: rest.seatId, reason: rest.reason });
  }

  /** Approved rests by the queue the seat stands in; `null` counts the whole floor. */
  function used(): Map<string | null, number> {
    const counts = new Map<string | null, number>();
    const add = (key: string | null) => counts.set(key, (counts.get(key) ?? 0) + 1);
    for (const { state, seatId } of repo.open()) {
      if (state !== 'approved') continue;
      add(null);
      const home = homeOf(seatId);
      if (home !== null) add(home);
    }
    return counts;
  }

  function quotas(): RestQuota[] {
    const counts = used();
    const { rest, queues } = hotline();
    const limits = [{ id: null, restQuota: rest.quota }, ...queues];
    return limits.flatMap(({ id: queueId, restQuota: quota }) =>
      quota === null ? [] : [{ queueId, used: counts.get(queueId) ?? 0, quota }],
    );
  }

  function checkQuota(rests: readonly RestRow[]): void {
    const homes = rests.map(({ seatId }) => homeOf(seatId));
    for (const { queueId, used: already, quota } of quotas()) {
      const more = queueId === null ? homes.length : homes.filter((id) => id === queueId).length;
      if (more > 0 && already + more > quota) throw new AppError('rest-quota', { quota });
    }
  }

  return {
    ask({ reason, note }, by) {
      const agentId = by.person.id;
      const seat = engine.seats().find((one) => one.agentId === agentId);
      if (!seat) throw new AppError('not-at-a-seat');
      const { rest: rules } = hotline();
      if (!rules.reasons.includes(reason)) {
        throw new AppError('invalid-input', {}, [
          { pointer: '/reason', message: 'not to ask for' },
        ]);
      }
      if (repo.openOf(agentId)) throw new AppError('conflict', { what: reason });
      const at = clock.now();
      const restId = newId();
      const { seatId } = seat;
      const expiresAt = at + rules.refuseAfterMs;
      const asked = { restId, seatId, agentId, reason, note, expiresAt };
      events.append([{ kind: 'rest.asked', at, ...asked }], () =>
        audit({ ...by, action: 'rest.asked', subject: `seat:${seatId}`, detail: { reason, note } }),
      );
      due.set(restId, expiresAt);
      return view(repo.need(restId));
    },
    withdraw(by) {
      const rest = repo.openOf(by.person.id);
      if (!rest || rest.begunAt !== null) throw new AppError('not-found');
      decided(rest, 'withdrawn', by);
      const seat = engine.seat(rest.seatId);
      if (seat?.notReadyNext === rest.reason) {
        dispatcher.submit({ kind: 'seat-ready', seatId: rest.seatId });
      }
    },
    decide({ ids, approve, beyondQuota }, by) {
      const rests = [...new Set(ids)].map((id) => repo.need(id));
      if (rests.some(({ state }) => state !== 'asked')) throw new AppError('not-now');
      if (approve && !beyondQuota) checkQuota(rests);
      for (const rest of rests) decided(rest, approve ? 'approved' : 'refused', by);
      const after = rests.map(({ id }) => repo.need(id));
      for (const rest of after) begin(rest);
      return after.map(({ id }) => view(repo.need(id)));
    },
    of(agentId) {
      const rest = repo.openOf(agentId) ?? repo.lastOf(agentId);
      if (!rest) return null;
      const isOver = rest.overAt !== null;
      const isTold = rest.state === 'withdrawn' || rest.state === 'approved';
      const isOld = (rest.overAt ?? 0) + SHOWN_AFTER_MS < clock.now();
      return isOver && (isTold || isOld) ? null : view(rest);
    },
    list: () => ({
      open: repo.open().map(view),
      past: repo.past(PAST_ROWS).map(view),
      quotas: quotas(),
    }),
    onEvent(event) {
      if (event.kind === 'rest.asked' || !('seatId' in event)) return;
      if (event.kind === 'seat.signed-out') for (const id of repo.justOver(event)) due.clear(id);
      if (event.kind !== 'seat.state') return;
      const rest = repo.openAt(event.seatId);
      if (rest) begin(rest);
    },
    resume() {
      for (const rest of repo.open()) {
        if (rest.state === 'asked') due.set(rest.id, rest.expiresAt);
        begin(rest);
      }
    },
    stop: () => due.stop(),
  };
}
