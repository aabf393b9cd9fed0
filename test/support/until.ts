/**
 * Long enough for a machine that is busy with other things, and for what comes by turns of thirty seconds
 * (`makeReady`); only what fails waits as long.
 */
export const patienceMs = 45_000;

/**
 * Waits until something is true, looking fifty times a second.
 * @param what named in the error when it does not become true within the time
 */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what = isTrue.toString(),
  withinMs = patienceMs,
): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  while (!(await isTrue())) {
    if (performance.now() > giveUpAt) throw new Error(`not true within ${withinMs} ms: ${what}`);
    await pause(20);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
