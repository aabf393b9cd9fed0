import { type Limits, REPEAT_WITHIN_MS } from '../counting/calls.ts';
import { type Cell, type Count, noSums, quarterOf, type Sums } from '../counting/counters.ts';
import { COUNTING_RULES, type Counting, countedKinds, createCounting } from '../counting/fold.ts';
import type { DomainEvent } from '../events.ts';
import type { Clock } from '../kit/clock.ts';
import type { EventLog } from '../store/event-log.ts';
import type { FiguresRepo } from './repo.ts';

/** Events folded between two looks at the calls that go on meanwhile. */
const STEP_EVENTS = 2_000;
/** Events folded between two checkpoints while catching up. */
const KEEP_EVENTS = 100_000;

interface FiguresBookOptions {
  repo: FiguresRepo;
  eventLog: Pick<EventLog, 'readSince' | 'subscribe' | 'behind'>;
  clock: Pick<Clock, 'now'>;
  limits: Limits;
}

/**
 * Keeps the sums of all figures up to date, a step behind the log: what the fold counts gathers here
 * and is written with a checkpoint once a quarter of an hour, and before anybody reads. A crash
 * loses nothing, because the log is read on from the checkpoint (ADR 0008).
 */
export interface FiguresBook {
  /**
   * Reads the log on from the checkpoint, or from its beginning when there is none or when the rules
   * of counting have changed; then follows it. Gives way through `pause` now and then while reading.
   */
  follow(pause: () => Promise<unknown>): Promise<void>;
  /** Everything that has happened until now is in the sums; while still reading, what was read. */
  flush(): void;
}

export function createFiguresBook(options: FiguresBookOptions): FiguresBook {
  const { repo, eventLog, clock, limits } = options;
  const gathered = createGathering();
  let writtenFor = Number.NEGATIVE_INFINITY;
  let flush = (): void => {};

  /** Writes what was counted of the events up to `seq`, and of the seats' time up to `at`. */
  function write(counting: Counting, seq: number, at: number): void {
    // Sums must not be ahead of the log they are read on from after a crash.
    if (eventLog.behind.waiting > 0) return;
    counting.cut(at);
    // Also when it cannot be stored: it is tried again with the next quarter, not with every event.
    writtenFor = quarterOf(at);
    const state = counting.state();
    repo.keep(gathered.cells(), { rules: COUNTING_RULES, seq, at, state });
    gathered.clear();
  }

  /** The fold as it was left, or a new one on clean sheets. */
  function begin(): { counting: Counting; seq: number } {
    const kept = repo.checkpoint();
    const { count } = gathered;
    if (kept?.rules !== COUNTING_RULES) {
      repo.clear();
      return { counting: createCounting({ limits, count }), seq: 0 };
    }
    const counting = createCounting({ limits, count, state: kept.state });
    const sinceMs = kept.at - REPEAT_WITHIN_MS;
    for (const event of eventLog.readSince({ atMs: sinceMs }, ['call.arrived'])) {
      if (event.seq > kept.seq) break;
      if (event.kind === 'call.arrived') counting.recall(event);
    }
    return { counting, seq: kept.seq };
  }

  return {
    async follow(pause) {
      const { counting, seq: afterSeq } = begin();
      let seq = afterSeq;
      let read = 0;
      const fold = (event: DomainEvent) => {
        counting.apply(event);
        seq = event.seq;
      };
      for (const event of eventLog.readSince({ afterSeq }, countedKinds)) {
        fold(event);
        read += 1;
        if (read % KEEP_EVENTS === 0) write(counting, seq, event.at);
        if (read % STEP_EVENTS === 0) await pause();
      }
      eventLog.subscribe((event) => {
        fold(event);
        if (quarterOf(event.at) > writtenFor) write(counting, seq, event.at);
      });
      flush = () => write(counting, seq, clock.now());
      flush();
    },
    flush: () => flush(),
  };
}

/** What was counted since the last writing, by cell. */
function createGathering() {
  const cells = new Map<string, readonly [Cell, Sums]>();
  const count: Count = (cell, counter, by) => {
    const { quarterAt, queueId, entryId, agentId } = cell;
    const key = `${quarterAt}\n${queueId}\n${entryId}\n${agentId}`;
    const found = cells.get(key) ?? [cell, noSums()];
    found[1][counter] += by;
    cells.set(key, found);
  };
  return { count, cells: () => cells.values(), clear: () => cells.clear() };
}
