import type { EntryConfig } from '../../config/hotline.ts';
import type { NewEvent } from '../events.ts';
import type { Log } from '../kit/log.ts';
import type { AloneBook, AloneCall } from './alone.ts';

interface Intake {
  book: AloneBook;
  entryOf(dialled: string): Pick<EntryConfig, 'id' | 'language' | 'queue'>;
  /** Is a call on this channel in the records? */
  isKnown(channelId: string, since: number): boolean;
  newId(): string;
  append(events: readonly NewEvent[]): void;
  log: Pick<Log, 'error' | 'info'>;
}

const endingOf = {
  left: 'left-without-server',
  'call-back': 'call-back-requested',
  served: 'served-without-server',
} as const;

/** Puts the calls nobody saw into the records, each once, with their true times. Never rejects. */
export async function takeInAloneCalls(intake: Intake): Promise<void> {
  const { book, isKnown, append, log } = intake;
  try {
    const calls = (await book.read()).filter((call) => !isKnown(call.channelId, call.arrivedAt));
    if (calls.length > 0) {
      append(calls.flatMap((call) => eventsOf(call, intake)));
      log.info({ calls: calls.length }, 'calls without a server taken into the records');
    }
    await book.taken();
  } catch (error) {
    log.error({ err: error }, 'calls without a server could not be taken into the records yet');
  }
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
