import { expect, test } from 'vitest';
import { longSpan } from '../../web/src/pages/orders/long-span.ts';

test.each([
  [0, '0分钟', '0m'],
  [17 * 60_000, '17分钟', '17m'],
  [3 * 3_600_000, '3小时', '3h'],
  [4 * 3_600_000 + 12 * 60_000, '4小时12分钟', '4h 12m'],
  [30 * 3_600_000, '1天6小时', '1d 6h'],
  [48 * 3_600_000, '2天', '2d'],
])('%d ms', (ms, zh, en) => {
  expect([longSpan(ms, 'zh'), longSpan(ms, 'en')]).toEqual([zh, en]);
});
