import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One caller of the trace who asked for a person. Times in seconds, on one scale for all days. */
export interface TracedCall {
  day: string;
  type: string;
  /** When the caller stood in the queue, or was put through without one. */
  queuedAt: number;
  waitedSeconds: number;
  answered: boolean;
  /** Of an answered call. */
  talk: { server: string; startedAt: number; seconds: number } | null;
}

const DAY_SECONDS = 86_400;
const seconds = z.coerce.number();
const clock = z
  .string()
  .regex(/^\d{1,2}:\d\d:\d\d$/)
  .transform((text) => {
    const [hours = 0, minutes = 0, rest = 0] = text.split(':').map(Number);
    return hours * 3_600 + minutes * 60 + rest;
  });

/** The columns this reads, by the names in the header; the file may have more. */
const line = z.object({
  type: z.string(),
  date: z.string(),
  vru_exit: clock,
  q_start: clock,
  q_time: seconds,
  outcome: z.string(),
  ser_time: seconds,
  server: z.string(),
});

/**
 * Reads a call trace: tab-separated, with a header. Left out are calls that never asked for a seat
 * (neither AGENT nor HANG), those hung up before they stood in the queue, and those without a server.
 *
 * @throws when a line does not have the columns
 */
export function readTrace(file: string): TracedCall[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean);
  const names = head.split('\t');
  const days = new Map<string, number>();
  const calls = lines.flatMap((text, at) => {
    const cells = text.split('\t');
    const found = line.safeParse(Object.fromEntries(names.map((name, i) => [name, cells[i]])));
    if (!found.success) throw new Error(`${file}, line ${at + 2}: ${z.prettifyError(found.error)}`);
    const day = days.get(found.data.date) ?? days.size;
    days.set(found.data.date, day);
    return toCall(found.data, day * DAY_SECONDS);
  });
  return calls.sort((a, b) => a.queuedAt - b.queuedAt);
}

function toCall(row: z.infer<typeof line>, midnight: number): TracedCall[] {
  const { type, date: day, server, outcome } = row;
  const queued = row.q_time > 0 || row.q_start > 0;
  const answered = outcome === 'AGENT' && server !== 'NO_SERVER';
  if (!answered && !(outcome === 'HANG' && queued)) return [];
  const waitedSeconds = Math.max(0, row.q_time);
  const queuedAt = midnight + (queued ? row.q_start : row.vru_exit);
  const startedAt = queuedAt + waitedSeconds;
  const talk = answered ? { server, startedAt, seconds: Math.max(0, row.ser_time) } : null;
  return [{ day, type, queuedAt, waitedSeconds, answered, talk }];
}
