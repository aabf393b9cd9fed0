import type { PolicyPack } from '../../../../src/orders/schema.ts';

export type Limit = PolicyPack['limits']['reply'];
export type LimitUnit = 'workdays' | 'naturalDays' | 'hours';

/** Number and unit of a limit. */
export function partsOfLimit(limit: Limit): [count: number, unit: LimitUnit] {
  if ('workdays' in limit) return [limit.workdays, 'workdays'];
  if ('naturalDays' in limit) return [limit.naturalDays, 'naturalDays'];
  return [limit.hours, 'hours'];
}

export function limitOf(count: number, unit: LimitUnit): Limit {
  if (unit === 'workdays') return { workdays: count };
  return unit === 'naturalDays' ? { naturalDays: count } : { hours: count };
}

/** `5 个工作日`, `2 小时`. */
export function limitWords(limit: Limit, units: Record<LimitUnit, string>): string {
  const [count, unit] = partsOfLimit(limit);
  return `${count} ${units[unit]}`;
}
