import type { SeatStatus } from '../acd/types.ts';
import type { Audience } from '../events-leading.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { NoticeRow, NoticesRepo } from './notices-repo.ts';
import type { By, LeadingGround } from './ports.ts';
import type { DeskNotice, NewNotice, Notice, Receipts } from './schema.ts';

const PAST_ROWS = 200;

/** What leaders tell the desks, and who has read it. */
export interface NoticeService {
  /** @returns the new notice's id */
  post(wanted: NewNotice, by: By): string;
  /** Takes it off the desks; harmless when it is off already. @throws AppError `not-found` */
  withdraw(id: string, by: By): void;
  /** Latest first, those that are over among them. */
  list(): Notice[];
  /** @throws AppError `not-found` */
  receipts(id: string): Receipts;
  /** What is up at the desk of an agent, urgent and unread first. */
  atDesk(agentId: string): DeskNotice[];
  /** What everybody is to know: for the wall. */
  forAll(): DeskNotice[];
  /** Notes that the person has read it. @throws AppError `not-found` when it is not for them */
  read(id: string, by: By): void;
}

interface NoticeOptions extends LeadingGround {
  repo: NoticesRepo;
  nameOf: (personId: string) => string;
}

/** Is a notice for this seat? */
function isFor(audience: Audience, { seatId, queueIds }: Pick<SeatStatus, 'seatId' | 'queueIds'>) {
  if (audience.to === 'all') return true;
  if (audience.to === 'seats') return audience.seatIds.includes(seatId);
  return audience.queueIds.some((queueId) => queueIds.includes(queueId));
}

export function createNotices(options: NoticeOptions): NoticeService {
  const { clock, events, audit, dispatcher, repo, nameOf } = options;
  const { engine } = dispatcher;
  const seatOf = (agentId: string) => engine.seats().find((seat) => seat.agentId === agentId);
  const isUp = ({ withdrawnAt, until }: NoticeRow) =>
    withdrawnAt === null && (until === null || until > clock.now());

  function need(id: string): NoticeRow {
    const row = repo.find(id);
    if (!row) throw new AppError('not-found');
    return row;
  }

  /** Signed-in seats it is for, whose agents have not read it. */
  function unreadAt(notice: NoticeRow): SeatStatus[] {
    if (!isUp(notice)) return [];
    const readers = new Set(repo.reads(notice.id).map(({ personId }) => personId));
    return engine
      .seats()
      .filter((seat) => isFor(notice.audience, seat) && !readers.has(seat.agentId));
  }

  const head = (row: NoticeRow) => {
    const { id, at, personId, text, isUrgent, until } = row;
    return { id, at, by: nameOf(personId), text, isUrgent, until };
  };

  function upFor(seat: SeatStatus | undefined, readAt: (id: string) => number | null) {
    const rows = repo.notWithdrawn(clock.now());
    return rows
      .filter(({ audience }) => (seat ? isFor(audience, seat) : audience.to === 'all'))
      .map((row) => ({ ...head(row), readAt: readAt(row.id) }));
  }

  return {
    post(wanted, by) {
      const at = clock.now();
      if (wanted.until !== null && wanted.until <= at) {
        throw new AppError('invalid-input', {}, [{ pointer: '/until', message: 'lies behind' }]);
      }
      const noticeId = newId();
      const event = { kind: 'notice.posted', at, noticeId, personId: by.person.id } as const;
      events.append([{ ...event, ...wanted }], () =>
        audit({
          ...by,
          action: 'notice.posted',
          subject: `notice:${noticeId}`,
          detail: { ...wanted },
        }),
      );
      return noticeId;
    },
    withdraw(noticeId, by) {
      if (need(noticeId).withdrawnAt !== null) return;
      const personId = by.person.id;
      events.append([{ kind: 'notice.withdrawn', at: clock.now(), noticeId, personId }], () =>
        audit({ ...by, action: 'notice.withdrawn', subject: `notice:${noticeId}` }),
      );
    },
    list: () =>
      repo.latest(PAST_ROWS).map((row) => ({
        ...head(row),
        audience: row.audience,
        withdrawnAt: row.withdrawnAt,
        read: repo.reads(row.id).length,
        unread: unreadAt(row).length,
      })),
    receipts(id) {
      const row = need(id);
      return {
        read: repo
          .reads(id)
          .map(({ personId, seatId, at }) => ({ name: nameOf(personId), seatId, at })),
        unread: unreadAt(row).map(({ agentId, seatId }) => ({ name: nameOf(agentId), seatId })),
      };
    },
    atDesk(agentId) {
      const seat = seatOf(agentId);
      if (!seat) return [];
      const rows = upFor(seat, (id) => repo.readAt(id, agentId));
      const rank = (one: DeskNotice) => (one.readAt === null ? (one.isUrgent ? 0 : 1) : 2);
      return rows.toSorted((a, b) => rank(a) - rank(b) || b.at - a.at);
    },
    forAll: () => upFor(undefined, () => null),
    read(noticeId, by) {
      const row = need(noticeId);
      const personId = by.person.id;
      const seat = seatOf(personId);
      if (!seat || !isFor(row.audience, seat)) throw new AppError('not-found');
      if (repo.readAt(noticeId, personId) !== null) return;
      const at = clock.now();
      events.append([{ kind: 'notice.read', at, noticeId, personId, atSeatId: seat.seatId }]);
    },
  };
}
