import { type Demand, erlangB, loadOf, type Service } from './erlang.ts';

/**
 * Waiting in a queue whose callers give up after an exponential patience (Erlang A, M/M/n+M), by the
 * density of the wait an infinitely patient caller would have: Palm 1957; Baccelli and Hébuterne
 * 1981; Zeltyn and Mandelbaum 2005. Behind it stand no approximations but the numeric integral.
 */
export function serviceWithPatience(
  demand: Demand & { patienceSeconds: number },
  seats: number,
  limitSeconds: number,
): Service {
  const arrivals = demand.callsPerHour / 3_600;
  const served = seats / demand.handlingSeconds;
  const leaving = 1 / demand.patienceSeconds;
  /** Logarithm of the density of the offered wait at `x`, its constant aside. */
  const logDensity = (x: number) => (-arrivals / leaving) * Math.expm1(-leaving * x) - served * x;
  const peakAt = Math.max(0, Math.log(arrivals / served) / leaving);
  // Everything is counted in units of the density at its peak, or a large overload would overflow.
  const peak = logDensity(peakAt);
  const density = (x: number) => Math.exp(logDensity(x) - peak);
  const end = endOf(density, peakAt + 1 / served);

  const offered = integral(density, 0, end);
  const lost = integral((x) => density(x) * -Math.expm1(-leaving * x), 0, end);
  const inTime = Math.min(limitSeconds, end);
  const answered = integral((x) => density(x) * Math.exp(-leaving * x), 0, inTime);

  const notFull = Math.exp(-peak) / erlangB(loadOf(demand), seats - 1);
  const whole = notFull + arrivals * offered;
  const abandoned = (arrivals * lost) / whole;
  return {
    delayed: (arrivals * offered) / whole,
    meanWaitSeconds: abandoned / leaving,
    withinLimit: (notFull + arrivals * answered) / whole,
    abandoned,
    occupancy: (loadOf(demand) * (1 - abandoned)) / seats,
  };
}

/** Where the density has fallen to nothing a double could add. */
function endOf(density: (x: number) => number, from: number): number {
  let end = from;
  while (density(end) > 1e-18) end *= 1.5;
  return end;
}

const STEPS = 4_000;

/** Simpson's rule. */
function integral(of: (x: number) => number, from: number, to: number): number {
  const step = (to - from) / STEPS;
  let sum = of(from) + of(to);
  for (let i = 1; i < STEPS; i += 1) sum += of(from + i * step) * (i % 2 === 1 ? 4 : 2);
  return (sum * step) / 3;
}
