import type { Desk } from '../../../src/seats/schema.ts';
import { post, remove } from '../net/api.ts';
import { useTry } from '../parts/said.tsx';

export type MonitorMode = NonNullable<Desk['monitored']>;

/** How a leader can be with a talk, and the key for it. */
export const monitorModes: readonly [MonitorMode, string][] = [
  ['listen', 'F6'],
  ['whisper', 'F7'],
  ['barge', 'F10'],
];

const begin = (seatId: string, mode: MonitorMode) =>
  post<undefined>(`/floor/seats/${seatId}/monitor`, { mode });

/** Lets the leader hear the talk at a seat; their own phone answers by itself. */
export const listenTo = (seatId: string): Promise<void> => begin(seatId, 'listen');

/** What a leader does with the talk at a seat. */
export function useMonitor(seatId: string) {
  const attempt = useTry();
  const path = `/floor/seats/${seatId}`;
  return {
    begin: (mode: MonitorMode) => attempt(() => begin(seatId, mode)),
    intercept: () => attempt(() => post(`${path}/intercept`)),
    end: () => attempt(() => remove(`${path}/monitor`)),
  };
}
