import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import { pinyinOf } from '../kit/pinyin.ts';
import { type Duty, onDuty } from './duty.ts';
import type { ExpertsRepo } from './experts-repo.ts';
import type { Expert, ExpertChoice, ExpertInput } from './schema.ts';

/** Where an expert on duty is. */
export type ExpertTarget = { seatId: string } | { number: string };

/** Expert positions (专家座席): who knows what, who is on duty, and where they are reached. */
export interface Experts {
  all(): Expert[];
  /** Those in use, as an agent sees them: reachable first. */
  choices(): ExpertChoice[];
  /** Where to reach one now. @throws AppError `not-found`, `expert-off-duty` */
  target(id: string): ExpertTarget;
  create(input: ExpertInput): Expert;
  /** @throws AppError `not-found` */
  change(id: string, input: ExpertInput): Expert;
  /** @throws AppError `not-found` */
  remove(id: string): void;
}

interface ExpertsOptions {
  repo: ExpertsRepo;
  clock: Pick<Clock, 'now'>;
  knowsSeat(seatId: string): boolean;
  /** Would a call be taken at this seat now? */
  isFree(seatId: string): boolean;
  /** Would this number be dialled now? */
  mayDial(number: string): boolean;
}

export function createExperts(options: ExpertsOptions): Experts {
  const { repo, clock } = options;

  function need(id: string): Expert {
    const expert = repo.find(id);
    if (!expert) throw new AppError('not-found');
    return expert;
  }

  function check({ seatId }: ExpertInput): void {
    if (seatId === null || options.knowsSeat(seatId)) return;
    throw new AppError('invalid-input', {}, [{ pointer: '/seatId', message: 'no such seat' }]);
  }

  function dutyNow({ enabled, roster }: Expert): Duty | null {
    return enabled ? onDuty(roster, clock.now()) : null;
  }

  function choice(expert: Expert): ExpertChoice {
    const { id, name, skill, seatId, number } = expert;
    const duty = dutyNow(expert);
    const isThere =
      (seatId !== null && options.isFree(seatId)) || (number !== null && options.mayDial(number));
    const find = [name, duty?.who ?? ''].map(pinyinOf).join(' ').trim();
    const kind = seatId === null ? 'number' : 'seat';
    return { id, name, skill, kind, onDuty: duty, reachable: duty !== null && isThere, find };
  }

  function put(expert: Expert): Expert {
    repo.put(expert);
    return expert;
  }

  return {
    all: () => repo.all(),
    choices: () =>
      repo
        .all()
        .filter(({ enabled }) => enabled)
        .map(choice)
        .toSorted((a, b) => Number(b.reachable) - Number(a.reachable)),
    target(id) {
      const expert = need(id);
      const { name, seatId, number } = expert;
      if (!dutyNow(expert)) throw new AppError('expert-off-duty', { expert: name });
      return seatId === null ? { number: number ?? '' } : { seatId };
    },
    create(input) {
      check(input);
      return put({ ...input, id: newId(), createdAt: clock.now() });
    },
    change(id, input) {
      const { createdAt } = need(id);
      check(input);
      return put({ ...input, id, createdAt });
    },
    remove(id) {
      need(id);
      repo.remove(id);
    },
  };
}
