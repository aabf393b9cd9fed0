import type { Effect, Engine, Input } from '../acd/types.ts';
import type { NewEvent } from '../events.ts';
import type { Cancel, Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';

/** The shell around the queue engine: the one door through which anything is told to it. */
export interface Dispatcher {
  /**
   * Decides: the engine applies the input, its events are stored and published, then its effects
   * are carried out. Inputs that arrive meanwhile (from an effect, from a subscriber) wait their
   * turn; on return all are done.
   */
  submit(input: Input): void;
  readonly engine: Omit<Engine, 'apply'>;
  /** Where effects go: the call they are about. */
  onEffect(handler: (effect: Effect) => void): void;
  stop(): void;
}

interface DispatcherOptions {
  engine: Engine;
  clock: Clock;
  log: Log;
  /** Stores events in one transaction and publishes them; throws when the store cannot. */
  record(events: readonly NewEvent[]): void;
}

export function createDispatcher({ engine, clock, log, record }: DispatcherOptions): Dispatcher {
  const inbox: Input[] = [];
  let busy = false;
  let handleEffect: (effect: Effect) => void = () => {};
  let wake: { at: number; cancel: Cancel } | null = null;

  function decide(input: Input): void {
    const { events, effects } = engine.apply(input, clock.now());
    try {
      if (events.length > 0) record(events);
    } catch (error) {
      // Nothing may hang up on people: the decision stands, the loss of its record is loud.
      log.error(
        { err: error, events: events.map((event) => event.kind) },
        'events could not be stored',
      );
    }
    for (const effect of effects) handleEffect(effect);
  }

  function sleepUntilDue(): void {
    const at = engine.nextDueAt();
    if (wake?.at === at) return;
    wake?.cancel();
    wake = null;
    if (at === null) return;
    const cancel = clock.after(at - clock.now(), () => {
      wake = null;
      submit({ kind: 'time-passed' });
    });
    wake = { at, cancel };
  }

  function submit(input: Input): void {
    inbox.push(input);
    if (busy) return;
    busy = true;
    try {
      for (let next = inbox.shift(); next; next = inbox.shift()) decide(next);
    } finally {
      busy = false;
    }
    sleepUntilDue();
  }

  return {
    submit,
    engine,
    onEffect(handler) {
      handleEffect = handler;
    },
    stop() {
      wake?.cancel();
      wake = null;
    },
  };
}
