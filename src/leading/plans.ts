import type { SeatQueues } from '../events-leading.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { PlanRow, PlansRepo } from './plans-repo.ts';
import type { By, LeadingGround, SeatArrangement } from './ports.ts';
import type { Plan, PlanPreview, PlanRun } from './schema.ts';

const RUN_ROWS = 50;

/** Saved arrangements of seats: by day, by night, in a typhoon. */
export interface PlanService {
  list(): Plan[];
  /** Keeps how the seats stand now; `conflict` when the name is taken, unless it is to be replaced. */
  save(name: string, replace: boolean, by: By): Plan;
  remove(id: string, by: By): void;
  /** Which seats applying it would move. @throws AppError `not-found` */
  preview(id: string): PlanPreview;
  apply(id: string, by: By): PlanRun;
  runs(): PlanRun[];
  /** Puts back what the seats had before; `not-now` when that was done. */
  undo(runId: string, by: By): PlanRun;
  /** Moves seats without a run of its own; those that stand so already are left alone. */
  arrange(seats: readonly SeatQueues[]): void;
}

interface PlanOptions extends Pick<LeadingGround, 'clock' | 'audit' | 'hotline' | 'dispatcher'> {
  repo: PlansRepo;
  seats: SeatArrangement;
  nameOf: (personId: string) => string;
}

const isSame = (a: SeatQueues['queues'], b: SeatQueues['queues']) =>
  a.length === b.length &&
  a.every(({ queueId, level }, at) => b[at]?.queueId === queueId && b[at].level === level);

export function createPlans(options: PlanOptions): PlanService {
  const { clock, audit, hotline, dispatcher, repo, seats, nameOf } = options;

  function need(id: string): PlanRow {
    const row = repo.find(id);
    if (!row) throw new AppError('not-found');
    return row;
  }

  /** What would change, with queues that are no more left out. */
  function movesTo(wanted: readonly SeatQueues[]) {
    const queueIds = new Set(hotline().queues.map(({ id }) => id));
    const byId = new Map(seats.all().map((seat) => [seat.id, seat]));
    return wanted.flatMap(({ seatId, queues }) => {
      const seat = byId.get(seatId);
      const after = queues.filter(({ queueId }) => queueIds.has(queueId));
      if (!seat || isSame(seat.queues, after)) return [];
      return [{ seatId, seatName: seat.name, before: seat.queues, after }];
    });
  }

  function arrange(wanted: readonly SeatQueues[]): SeatQueues[] {
    const moves = movesTo(wanted);
    for (const { seatId, after } of moves) seats.move(seatId, after);
    return moves.map(({ seatId, before }) => ({ seatId, queues: before }));
  }

  const planView = ({ id, name, at, personId, seats: of }: PlanRow): Plan => ({
    id,
    name,
    at,
    by: nameOf(personId),
    seats: of.length,
  });

  function runView(id: string): PlanRun {
    const row = repo.run(id);
    if (!row) throw new AppError('not-found');
    const { name, at, personId, before, undoneAt } = row;
    return { id, name, at, by: nameOf(personId), seats: before.length, undoneAt };
  }

  return {
    list: () => repo.all().map(planView),
    save(name, replace, by) {
      const same = repo.all().find((plan) => plan.name === name);
      if (same && !replace) throw new AppError('conflict', { what: name });
      const plan: PlanRow = {
        id: same?.id ?? newId(),
        name,
        seats: seats.all().map(({ id, queues }) => ({ seatId: id, queues })),
        at: clock.now(),
        personId: by.person.id,
      };
      repo.put(plan);
      audit({ ...by, action: 'plan.saved', subject: `plan:${plan.id}`, detail: { name } });
      return planView(plan);
    },
    remove(id, by) {
      const { name } = need(id);
      repo.remove(id);
      audit({ ...by, action: 'plan.removed', subject: `plan:${id}`, detail: { name } });
    },
    preview(id) {
      const wanted = need(id).seats;
      const queueIds = new Set(hotline().queues.map((queue) => queue.id));
      const seatIds = new Set(seats.all().map((seat) => seat.id));
      const named = new Set(wanted.flatMap(({ queues }) => queues.map(({ queueId }) => queueId)));
      return {
        moves: movesTo(wanted).map((move) => {
          const agentId = dispatcher.engine.seat(move.seatId)?.agentId;
          return { ...move, agentName: agentId === undefined ? null : nameOf(agentId) };
        }),
        goneSeats: wanted.flatMap(({ seatId }) => (seatIds.has(seatId) ? [] : [seatId])),
        goneQueues: [...named].filter((queueId) => !queueIds.has(queueId)),
      };
    },
    apply(id, by) {
      const { name, seats: wanted } = need(id);
      // Kept before the first seat moves: a crash in between leaves something to undo with.
      const before = movesTo(wanted).map((move) => ({ seatId: move.seatId, queues: move.before }));
      const runId = newId();
      const at = clock.now();
      repo.addRun({ id: runId, name, at, personId: by.person.id, before, undoneAt: null });
      const seatIds = before.map(({ seatId }) => seatId);
      audit({ ...by, action: 'plan.applied', subject: `plan:${id}`, detail: { name, seatIds } });
      arrange(wanted);
      return runView(runId);
    },
    runs: () => repo.runs(RUN_ROWS).map(({ id }) => runView(id)),
    undo(runId, by) {
      const { name, undoneAt } = runView(runId);
      if (undoneAt !== null) throw new AppError('not-now');
      arrange(repo.run(runId)?.before ?? []);
      repo.markUndone(runId, clock.now());
      audit({ ...by, action: 'plan.undone', subject: `plan-run:${runId}`, detail: { name } });
      return runView(runId);
    },
    arrange: (wanted) => void arrange(wanted),
  };
}
