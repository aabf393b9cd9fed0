import { groupBy } from './group.ts';
import type { TracedCall } from './read.ts';
import type { Seen } from './survival.ts';

/** A server's time at the desk. Seconds on the trace's scale. */
export interface Duty {
  server: string;
  from: number;
  /** Takes no call that begins after this. */
  until: number;
}

/** Who was there, learnt from the calls alone. */
export interface Staff {
  duties: Duty[];
  /** The kinds of call each server took. */
  types: Map<string, Set<string>>;
  /** How long the server stayed away after a call before being free again, by the call. */
  wrapUps: Map<TracedCall, Seen>;
}

interface Talk {
  call: TracedCall;
  server: string;
  from: number;
  to: number;
}

/** A longer time between two calls of a server is a break, not the end of a call's notes. */
const BREAK_SECONDS = 900;

/**
 * A server is on duty from the first to the last call of a stretch without a break. After each call
 * there are notes to finish: when callers the server can take waited all the time until the next
 * call, the notes took that long; when that line emptied first, they took at least until then.
 */
export function staffOf(calls: readonly TracedCall[]): Staff {
  const talks = calls.flatMap((call): Talk[] => {
    if (!call.talk) return [];
    const { server, startedAt: from, seconds } = call.talk;
    return [{ call, server, from, to: from + seconds }];
  });
  const types = new Map<string, Set<string>>();
  const byServer = groupBy(talks, (talk) => talk.server);
  const duties: Duty[] = [];
  const wrapUps = new Map<TracedCall, Seen>();
  for (const [server, own] of byServer) {
    const takes = new Set(own.map((talk) => talk.call.type));
    types.set(server, takes);
    const line = busyTimes(calls.filter((call) => takes.has(call.type)));
    let duty: Duty | null = null;
    let last: Talk | null = null;
    for (const talk of own.toSorted((a, b) => a.from - b.from)) {
      const gap: number = last ? talk.from - last.to : Number.POSITIVE_INFINITY;
      if (!duty || !last || gap > BREAK_SECONDS) {
        duty = { server, from: talk.from, until: talk.from };
        duties.push(duty);
      } else {
        duty.until = talk.from;
        if (gap >= 0) wrapUps.set(last.call, wrapUp(line, last.to, talk.from));
      }
      last = talk;
    }
  }
  return { duties, types, wrapUps };
}

/** Times at which somebody stood in the line, as stretches that do not touch. */
function busyTimes(calls: readonly TracedCall[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { queuedAt, waitedSeconds } of calls) {
    if (waitedSeconds === 0) continue;
    const last = stretches.at(-1);
    const to = queuedAt + waitedSeconds;
    if (last && queuedAt <= last.to) last.to = Math.max(last.to, to);
    else stretches.push({ from: queuedAt, to });
  }
  return stretches;
}

function wrapUp(line: readonly { from: number; to: number }[], from: number, next: number): Seen {
  const stretch = line.find((one) => one.from <= from && from < one.to);
  if (!stretch) return { time: 0, ended: false };
  // A second of slack: the trace's clocks are whole seconds.
  const ended = stretch.to >= next - 1;
  return { time: (ended ? next : stretch.to) - from, ended };
}
