const shanghaiMs = 8 * 3_600_000;
const dayMs = 86_400_000;
const started = Date.now();

/** Midnight of the demo day in the city. */
export const demoMidnight = Math.floor((started + shanghaiMs) / dayMs) * dayMs - shanghaiMs;

/** The demo city lives in a busy afternoon, whenever one looks: 14:36:20 and onward. */
export function demoNow(): number {
  return demoMidnight + (14 * 3_600 + 36 * 60 + 20) * 1000 + (Date.now() - started);
}
