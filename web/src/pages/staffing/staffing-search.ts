import type { StaffQuestion } from '../../../../src/staffing/schema.ts';

/** The question as it stands in the address bar. */
export type StaffingSearch = Partial<StaffQuestion>;

const asked = [
  'callsPerHour',
  'handlingSeconds',
  'percent',
  'limitSeconds',
  'patienceSeconds',
] as const;

/** What the address bar asks; whatever is no number is dropped. */
export function readStaffingSearch(raw: Record<string, unknown>): StaffingSearch {
  const entries = asked.flatMap((name): [string, number][] => {
    const value = Number(raw[name] ?? Number.NaN);
    return Number.isFinite(value) && value > 0 ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

/** `?callsPerHour=1100&…` */
export function staffingQuery(question: StaffingSearch): string {
  const texts = Object.entries(question).map(([name, value]) => `${name}=${value}`);
  return `?${texts.join('&')}`;
}
