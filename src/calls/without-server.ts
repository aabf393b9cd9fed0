import type { EntryConfig } from '../../config/hotline.ts';
import type { NewEvent } from '../events.ts';
import type { Log } from '../kit/log.ts';
import type { AloneBook, AloneCall } from './alone.ts';

interface Intake {
  book: AloneBook;
  entryOf(dialled: string): Pick<EntryConfig, 'id' | 'language' | 'queue'>;
  /** The channels of all calls in the records that came since a moment. */
  channelsSince(moment: number): ReadonlySet<string>;
  newId(): string;
  /** Milliseconds since 1970. */
  now: number;
  append(events: readonly NewEvent[]): void;
  log: Pick<Log, 'error' | 'info'>;
}

const endingOf = {
  left: 'left-without-server',
  'call-back': 'call-back-requested',
  served: 'served-without-server',
} as const;

/** The exchange's clock and ours may differ by this: one of them was set. */
const clocksDifferMs = 3_600_000;

/** Whom the note names sooner after the end than this may still be on the way to us as a caller who came. */
const settledAfterMs = 3_000;

/**
 * Puts the calls nobody saw into the records, each once, with their true times. Never rejects.
 * @returns is something left in the note that has to be looked at again?
 */
export async function takeInAloneCalls(intake: Intake): Promise<boolean> {
  const { book, append, log, now } = intake;
  try {
    const noted = await book.read();
    const settled = noted.filter(({ endedAt }) => !isFresh(endedAt, now));
    const calls = unknownOf(settled, intake);
    if (calls.length > 0) {
      append(calls.flatMap((call) => eventsOf(call, intake)));
      log.info({ calls: calls.length }, 'calls without a server taken into the records');
    }
    if (settled.length < noted.length) return true;
    await book.taken();
    return false;
  } catch (error) {
    log.error({ err: error }, 'calls without a server could not be taken into the records yet');
    return true;
  }
}

/** The exchange's times are whole seconds. What it has from the future was written before its clock was set. */
function isFresh(endedAt: number, now: number): boolean {
  return Math.abs(now - endedAt) < settledAfterMs;
}

/** A caller who came to us after all has a record, closed or not: the note is the second word on it. */
function unknownOf(noted: AloneCall[], { channelsSince }: Intake): AloneCall[] {
  if (noted.length === 0) return [];
  const first = Math.min(...noted.map(({ arrivedAt }) => arrivedAt));
  const known = channelsSince(first - clocksDifferMs);
  return noted.filter(({ channelId }) => !known.has(channelId));
}

function eventsOf(call: AloneCall, { entryOf, newId }: Intake): NewEvent[] {
  const { channelId, caller, dialled, arrivedAt, endedAt, outcome } = call;
  const entry = entryOf(dialled);
  const callId = newId();
  const { language } = entry;
  const arrived: NewEvent = {
    kind: 'call.arrived',
    at: arrivedAt,
    callId,
    entryId: entry.id,
    caller,
    dialled,
    language,
    channelId,
  };
  const ended: NewEvent = { kind: 'call.ended', at: endedAt, callId, ending: endingOf[outcome] };
  if (outcome !== 'call-back') return [arrived, ended];
  const { queue: queueId } = entry;
  return [arrived, { kind: 'call.call-back-requested', at: endedAt, callId, queueId }, ended];
}
