import type {
  EmergencyProfile,
  EntryConfig,
  Hotline,
  HoursConfig,
  MenuConfig,
  QueueConfig,
} from '../../../../config/hotline.ts';

type Part = 'queues' | 'entries' | 'menus' | 'hours' | 'emergencyProfiles';

/** An id nobody has yet: `new`, `new-2`, … */
function freeId(taken: readonly { id: string }[]): string {
  const ids = new Set(taken.map((each) => each.id));
  let n = 1;
  while (ids.has(n === 1 ? 'new' : `new-${n}`)) n += 1;
  return n === 1 ? 'new' : `new-${n}`;
}

const callBack = {
  offerAfterMs: 60_000,
  attempts: 3,
  pauseMs: 300_000,
  ringTimeoutMs: 30_000,
  missed: 'off',
} as const;

/** A queue as the standard wants it. */
function freshQueue(id: string, number: number): QueueConfig {
  return {
    id,
    code: `Q${String(number).padStart(2, '0')}`,
    name: { zh: '新队列', en: 'New queue' },
    priority: 0,
    strategy: 'longest-idle',
    widening: [],
    ringTimeoutMs: 15_000,
    wrapUpMs: 30_000,
    serviceLevelMs: 15_000,
    announceEveryMs: 30_000,
    hours: null,
    onClosed: { do: 'message', prompt: 'queue-closed' },
    onNobody: { do: 'wait' },
    maxWaiting: null,
    onFull: { do: 'call-back' },
    maxWaitMs: null,
    onTooLong: { do: 'call-back' },
    alerts: { waitMs: 60_000, talkMs: 900_000, wrapUpMs: 180_000, callBackMs: 1_800_000 },
    restQuota: null,
    callBack,
  };
}

/** A new member with the standard's values, ready to be named. */
export function fresh(
  part: Part,
  doc: Hotline,
): QueueConfig | EntryConfig | MenuConfig | HoursConfig | EmergencyProfile {
  const id = freeId(doc[part]);
  const queue = doc.queues[0]?.id ?? '';
  switch (part) {
    case 'queues':
      return freshQueue(id, doc.queues.length + 1);
    case 'entries':
      return {
        id,
        name: { zh: '新入口', en: 'New entry' },
        numbers: [],
        language: 'zh',
        greeting: ['greeting'],
        mode: 'direct',
        menu: null,
        keys: {},
        queue,
        priority: 0,
        hours: null,
        onClosed: { do: 'message', prompt: 'queue-closed' },
      };
    case 'menus':
      return { id, prompt: id, keys: {}, queue, timeoutMs: 5_000 };
    case 'hours':
      return {
        id,
        name: { zh: '新时间表', en: 'New hours' },
        open: [{ days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' }],
        keepsHolidays: true,
      };
    case 'emergencyProfiles':
      return {
        id,
        name: { zh: '新应急方案', en: 'New emergency' },
        greeting: [],
        notice: null,
        planId: null,
        queues: {},
      };
  }
}
