import type { Outside } from '../../src/app/options.ts';
import type { Leg, Line } from '../../src/calls/ports.ts';
import { type Clock, systemClock } from '../../src/kit/clock.ts';

/**
 * What a server has seen, to find what leaks. Lines and legs are held weakly, so that looking does not
 * keep them alive.
 */
export interface Seen {
  lines: Set<WeakRef<Line>>;
  legs: Set<WeakRef<Leg>>;
  /** The timers that are set, each by the place in the house that set it. */
  timers: Set<{ by: string }>;
}

/** The machine's clock, with note taken of every timer as long as it is set. */
export function notedClock(timers: Seen['timers']): Clock {
  return {
    now: systemClock.now,
    after(delayMs, action) {
      const places = (new Error().stack ?? '').match(/(?:src|telephony)\/[\w/.-]+:\d+/g) ?? [];
      const timer = { by: places.find((place) => !place.startsWith('src/kit/')) ?? '?' };
      timers.add(timer);
      const cancel = systemClock.after(delayMs, () => {
        timers.delete(timer);
        action();
      });
      return () => {
        timers.delete(timer);
        cancel();
      };
    },
  };
}

/** The same exchange, with note taken of every line and leg that passes. */
export function watched(outside: Outside, seen: Seen): Outside {
  const { telephony } = outside;
  const listen = telephony.listen.bind(telephony);
  const ringSeat = telephony.ringSeat.bind(telephony);
  telephony.listen = (listener) =>
    listen({
      onPhone: listener.onPhone.bind(listener),
      onConnection: listener.onConnection.bind(listener),
      onCaller(line) {
        seen.lines.add(new WeakRef(line));
        listener.onCaller(line);
      },
    });
  telephony.ringSeat = async (request, signal) => {
    const result = await ringSeat(request, signal);
    if (result.kind === 'answered') seen.legs.add(new WeakRef(result.leg));
    return result;
  };
  return outside;
}
