import { createRandom } from './random.ts';
import type { SimCall } from './simulate.ts';

/** How long conversations last: exponential, all alike, or lognormal with its spread (deviation / mean). */
export type ServiceLaw = 'exponential' | 'constant' | { lognormalSpread: number };

/** A stream of callers for one queue, `all`. Times in seconds. */
export interface CallStream {
  callsPerHour: number;
  handlingSeconds: number;
  patienceSeconds: number | null;
  law: ServiceLaw;
  seed: number;
}

/**
 * Callers by chance (Poisson), for ever. Arrivals, services and patiences are drawn from three
 * generators of their own, so that streams which differ in one thing agree in the rest.
 */
export function* callStream(stream: CallStream): Generator<SimCall, never> {
  const arrivals = createRandom(stream.seed);
  const services = createRandom(stream.seed + 0x51ed_270b);
  const patiences = createRandom(stream.seed + 0x2545_f491);
  const gapMs = 3_600_000 / stream.callsPerHour;
  const handlingMs = stream.handlingSeconds * 1_000;
  const { patienceSeconds, law } = stream;
  for (let arrivesAt = 0; ; ) {
    arrivesAt += arrivals.exponential(gapMs);
    yield {
      arrivesAt,
      queueId: 'all',
      priority: 0,
      serviceMs: draw(law, handlingMs),
      patienceMs:
        patienceSeconds === null
          ? Number.POSITIVE_INFINITY
          : patiences.exponential(patienceSeconds * 1_000),
    };
  }

  function draw(by: ServiceLaw, meanMs: number): number {
    if (by === 'constant') return meanMs;
    if (by === 'exponential') return services.exponential(meanMs);
    return services.lognormal(meanMs, by.lognormalSpread);
  }
}

/** The first so many of a stream. */
export function* first<T>(count: number, of: Iterable<T>): Generator<T> {
  let left = count;
  if (left <= 0) return;
  for (const one of of) {
    yield one;
    left -= 1;
    if (left <= 0) return;
  }
}
