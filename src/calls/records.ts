import { setImmediate } from 'node:timers/promises';
import type { Auditor, Person } from '../access.ts';
import type { DomainEvent } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { maskNumber } from '../kit/mask.ts';
import { type CallNames, csvCall, csvHead } from './csv.ts';
import type { Recordings } from './ports.ts';
import {
  type PopSource,
  presentCall,
  presentCallBack,
  presentDetail,
  presentPop,
} from './presenter.ts';
import type { CallRecord, CallRepo, Cursor } from './repo.ts';
import type { CallBack, CallDetail, CallFilter, CallPage, Pop, TagCounts } from './schema.ts';
import { explain, type Reason } from './why.ts';

const EARLIER_SHOWN = 5;
const CALL_BACKS_SHOWN = 500;
const EXPORT_PAGE = 500;
/** Asking for parts of one recording within this time of the last part is one listening. */
const LISTENING_MS = 30 * 60_000;
const LISTENINGS_REMEMBERED = 10_000;

/** Who asks for call records, from where, and whose they may see. */
export interface Reader {
  person: Person;
  ip: string;
  /** `own`: calls this person answered, and no others. */
  sees: 'all' | 'own';
}

/** A kept recording, ready to be read. */
export interface KeptRecording {
  id: string;
  path: string;
  sha256: string;
}

/** What can be done with call records. Everything given away is masked; what is not is audited. */
export interface CallRecords {
  page(
    reader: Reader,
    query: CallFilter & { before?: string | undefined; limit: number },
  ): CallPage;
  /** @throws AppError `not-found`, also for a call this reader may not see */
  detail(reader: Reader, callId: string): CallDetail;
  /** Why the call went where it went. @throws AppError `not-found`, as for `detail` */
  why(reader: Reader, callId: string): Reason[];
  /** What the agent of this call may know of it; null when there is no such call in a queue. */
  pop(callId: string): Pop | null;
  /** The caller's whole number, given away once the reason is on the record. */
  reveal(reader: Reader, callId: string, reason: string): string;
  /** @throws AppError `not-found` unless the recording is kept and belongs to the call */
  recording(reader: Reader, callId: string, recordingId: string): KeptRecording;
  /** Writes down that somebody listens: once per listening, not per part of the file. */
  listening(reader: Reader, callId: string, recordingId: string): void;
  /** The lines of the export, audited before the first. */
  csv(reader: Reader, filter: CallFilter): AsyncGenerator<string>;
  /** How many calls have which tag. */
  tagCounts(filter: CallFilter): TagCounts;
  callBacks(): CallBack[];
}

export interface CallRecordsOptions {
  repo: CallRepo;
  readEvents: (callId: string) => DomainEvent[];
  pathOf: Recordings['pathOf'];
  audit: Auditor;
  clock: Pick<Clock, 'now'>;
  names: CallNames;
  /** Who calls from this number, if the caller is registered. */
  knownCaller: (number: string) => PopSource['known'];
}

export function createCallRecords(options: CallRecordsOptions): CallRecords {
  const { repo, audit } = options;
  return {
    ...readers(options),
    ...recordingReaders(options),
    reveal(reader, callId, reason) {
      const call = repo.call(callId);
      if (!call) throw new AppError('not-found');
      trace(audit, reader, 'call.reveal-number', `call:${callId}`, { reason });
      return call.caller;
    },
    async *csv(reader, query) {
      const filter = narrowed(reader, query);
      trace(audit, reader, 'calls.export', 'calls', { ...maskedFilter(filter) });
      yield csvHead();
      let page = repo.page(filter, EXPORT_PAGE);
      while (page.length > 0) {
        yield page.map((call) => csvCall(presentCall(call), options.names)).join('');
        // A long export lets others in between its pages.
        await setImmediate();
        page = repo.page(filter, EXPORT_PAGE, page.at(-1));
      }
    },
    tagCounts: (filter) => ({ rows: repo.tagCounts(filter) }),
    callBacks: () => repo.callBacks(CALL_BACKS_SHOWN).map(presentCallBack),
  };
}

function readers(
  options: CallRecordsOptions,
): Pick<CallRecords, 'page' | 'detail' | 'why' | 'pop'> {
  const { repo, readEvents, clock } = options;
  return {
    page(reader, { before, limit, ...query }) {
      const filter = narrowed(reader, query);
      const found = repo.page(filter, limit + 1, cursorOf(before));
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      const next = found.length > limit && last ? `${String(last.arrivedAt)}-${last.id}` : null;
      return { rows: rows.map(presentCall), total: repo.total(filter), next };
    },
    detail(reader, callId) {
      const call = visible(repo, reader, callId);
      return presentDetail(call, readEvents(callId), repo.recordingsOf(callId));
    },
    why(reader, callId) {
      visible(repo, reader, callId);
      return explain(readEvents(callId), options.names);
    },
    pop(callId) {
      const call = repo.call(callId);
      if (!call) return null;
      const rings = readEvents(callId).filter((event) => event.kind === 'call.ringing');
      const attempt = rings.at(-1)?.attempt ?? 0;
      // Callers who withhold their number are not all the same person.
      const isKnown = call.caller !== '';
      const earlier = isKnown
        ? repo.earlier(call.caller, call.arrivedAt, EARLIER_SHOWN)
        : { count: 0, last: [] };
      const known = options.knownCaller(call.caller);
      const callBack = call.callBackOf === null ? undefined : repo.callBack(call.callBackOf);
      return presentPop({ call, attempt, earlier, known, callBack, now: clock.now() });
    },
  };
}

function recordingReaders(
  options: CallRecordsOptions,
): Pick<CallRecords, 'recording' | 'listening'> {
  const { repo, audit, clock } = options;
  const listenings = new Map<string, number>();
  return {
    recording(reader, callId, recordingId) {
      visible(repo, reader, callId);
      const found = repo.recording(recordingId);
      if (!found || found.callId !== callId || found.file === null || found.sha256 === null) {
        throw new AppError('not-found');
      }
      return { id: found.id, path: options.pathOf(found.file), sha256: found.sha256 };
    },
    listening(reader, callId, recordingId) {
      const now = clock.now();
      const who = `${reader.person.id} ${recordingId}`;
      const since = now - (listenings.get(who) ?? Number.NEGATIVE_INFINITY);
      remember(listenings, who, now);
      if (since <= LISTENING_MS) return;
      trace(audit, reader, 'recording.listen', `call:${callId}`, { recordingId });
    },
  };
}

/** To somebody who may not see a call, it is not there. */
function visible(repo: CallRepo, reader: Reader, callId: string): CallRecord {
  const call = repo.call(callId);
  if (!call || (reader.sees === 'own' && call.agentId !== reader.person.id)) {
    throw new AppError('not-found');
  }
  return call;
}

function trace(
  audit: Auditor,
  { person, ip }: Reader,
  action: string,
  subject: string,
  detail: Record<string, unknown> = {},
): void {
  audit({ person, ip, action, subject, detail });
}

function narrowed({ person, sees }: Reader, filter: CallFilter): CallFilter {
  return sees === 'all' ? filter : { ...filter, agent: person.id };
}

function cursorOf(before: string | undefined): Cursor | undefined {
  const [, arrivedAt, id] = /^(\d+)-(.+)$/.exec(before ?? '') ?? [];
  return id === undefined ? undefined : { arrivedAt: Number(arrivedAt), id };
}

function maskedFilter(filter: CallFilter): CallFilter {
  return filter.caller === undefined ? filter : { ...filter, caller: maskNumber(filter.caller) };
}

/** Keeps the latest entries; the oldest go first. */
function remember(listenings: Map<string, number>, who: string, now: number): void {
  listenings.delete(who);
  listenings.set(who, now);
  const oldest = listenings.keys().next();
  if (listenings.size > LISTENINGS_REMEMBERED && !oldest.done) listenings.delete(oldest.value);
}
