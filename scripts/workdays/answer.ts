import { z } from 'zod';
import { shanghaiDay } from '../../src/kit/shanghai.ts';
import { dateOfDay, type TimeLimit, type WorkingDays } from '../../src/kit/working-days.ts';

const count = z.int().min(0).max(10_000);
const from = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const question = z.union([
  z.strictObject({ from, workdays: count }),
  z.strictObject({ from, naturalDays: count }),
  z.strictObject({ from, hours: z.number().min(0).max(100_000) }),
]);

/** One line's answer: when it is due, or what was wrong with the line. */
export type Answer =
  | { due: string; lastDay: string; unknownYears?: readonly number[] }
  | { error: string };

/** Answers one line of `{"from":"2025-01-24T10:00:00+08:00","workdays":5}`. */
export function answer(calendar: WorkingDays, line: string): Answer {
  const asked = question.safeParse(parsed(line));
  if (!asked.success) {
    return {
      error: 'expected {"from": time with offset, and one of workdays, naturalDays, hours}',
    };
  }
  const { from: start, ...limit } = asked.data;
  const { at, unknownYears } = calendar.due(start, limit satisfies TimeLimit);
  const isDays = !('hours' in limit);
  return {
    due: inShanghai(at),
    // 24:00 of a day is 0:00 of the next: said plainly, so that nobody reads the date one day late.
    lastDay: dateOfDay(shanghaiDay(isDays ? at - 1 : at)),
    ...(unknownYears.length > 0 && { unknownYears }),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** `2025-02-08T00:00:00+08:00`, milliseconds only where there are any. */
function inShanghai(at: number): string {
  const text = new Date(at + 8 * 3_600_000).toISOString();
  return `${text.replace('.000', '').replace('Z', '')}+08:00`;
}
