import { EventEmitter } from 'node:events';
import { beforeEach, expect, test } from 'vitest';
import type { RunningAsterisk } from '../../scripts/asterisk/launch.ts';
import type { ServerProcess, ServerStart } from '../../scripts/start/server.ts';
import { type Launchers, type Supervised, supervise } from '../../scripts/start/supervise.ts';
import { type Deferred, deferred } from '../../src/kit/abort.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';

// `npm start` once everything runs, with processes that are played.

/** A process that is played: it ends when told, or when the test says so. */
class Played {
  readonly gone = deferred<null>();
  readonly exited = this.gone.promise;
  readonly told: string[] = [];
  end = () => this.gone.resolve(null);
}

class PlayedServer extends Played implements ServerProcess {
  readonly ready = { ready: true } as const;
  /** Calls are still going on: it takes its time to drain. */
  isBusy = false;
  drain = () => {
    this.told.push('drain');
    if (!this.isBusy) this.end();
  };
  kill = () => {
    this.told.push('kill');
    this.end();
  };
}

class PlayedAsterisk extends Played {
  stop = async () => {
    this.told.push('stop');
    this.end();
  };
}

/** A start somebody asked for: the test decides what becomes of it. */
interface Start extends Deferred<ServerProcess> {
  options: ServerStart;
  at: number;
}

class Room {
  readonly clock = new FakeClock();
  readonly signals = new EventEmitter();
  readonly said: string[] = [];
  readonly outcomes: (string | null)[] = [];
  readonly starts: Start[] = [];
  readonly asteriskStarts: number[] = [];
  asteriskComesUp = true;
  readonly server = new PlayedServer();
  asterisk = new PlayedAsterisk();
  code: number | undefined;

  open(): void {
    const running = { server: this.server, asterisk: asExchange(this.asterisk) };
    const launch = {
      server: (options: ServerStart) => {
        const start = { ...deferred<ServerProcess>(), options, at: this.clock.now() };
        this.starts.push(start);
        return start.promise;
      },
      asterisk: async () => {
        this.asteriskStarts.push(this.clock.now());
        if (!this.asteriskComesUp) throw new Error('did not come up');
        this.asterisk = new PlayedAsterisk();
        return asExchange(this.asterisk);
      },
    };
    void this.#run(running, launch);
  }

  async #run(running: Supervised, launch: Launchers): Promise<void> {
    this.code = await supervise(running, launch, {
      clock: this.clock,
      signals: this.signals,
      drainSeconds: 5,
      log: (line) => this.said.push(line),
      onTakeOver: (failure) => this.outcomes.push(failure),
    });
  }

  async signal(name: 'SIGINT' | 'SIGTERM' | 'SIGUSR2'): Promise<void> {
    this.signals.emit(name);
    await settle();
  }

  /** The start that is under way. */
  get start(): Start {
    const start = this.starts.at(-1);
    if (!start) throw new Error('nothing is being started');
    return start;
  }

  async startFails(): Promise<void> {
    this.start.reject(new Error('migration 99 failed'));
    await settle();
  }

  async startSucceeds(): Promise<PlayedServer> {
    const next = new PlayedServer();
    this.start.resolve(next);
    await settle();
    return next;
  }
}

const asExchange = (asterisk: PlayedAsterisk) => asterisk as unknown as RunningAsterisk;

let room: Room;
beforeEach(() => {
  room = new Room();
  room.open();
});

test('a new version that cannot start leaves the server that runs alone, and says why', async () => {
  await room.signal('SIGUSR2');
  expect(room.start.options.onEvents).toBeDefined();
  await room.startFails();
  await room.clock.advance(120_000);
  expect(room.server.told).toEqual([]);
  expect(room.asterisk.told).toEqual([]);
  expect(room.starts).toHaveLength(1);
  expect(room.outcomes).toEqual([
    expect.stringMatching(/migration 99 failed[^]*former server serves on/),
  ]);

  // It can be tried again, and it can still be ended.
  await room.signal('SIGUSR2');
  await room.startFails();
  expect(room.outcomes).toHaveLength(2);
  await room.signal('SIGINT');
  expect(room.server.told[0]).toBe('drain');
  expect(room.code).toBe(0);
});

test('a new version that fails after it began to take events is started afresh', async () => {
  await room.signal('SIGUSR2');
  room.start.options.onEvents?.(true);
  await room.startFails();
  expect(room.server.told).toEqual(['kill']);
  expect(room.outcomes).toEqual([expect.stringContaining('started afresh')]);
  await room.clock.advance(1_000);
  expect(room.starts).toHaveLength(2);
  expect(room.start.options.onEvents).toBeUndefined();
  expect(room.asterisk.told).toEqual([]);
});

test('a new version the exchange refuses has taken nothing', async () => {
  await room.signal('SIGUSR2');
  room.start.options.onEvents?.(true);
  room.start.options.onEvents?.(false);
  await room.startFails();
  expect(room.server.told).toEqual([]);
  expect(room.outcomes).toEqual([expect.stringContaining('former server serves on')]);
});

test('a take-over is told of when the new server serves; the former one has five seconds to go', async () => {
  await room.signal('SIGUSR2');
  room.start.options.onEvents?.(true);
  expect(room.outcomes).toEqual([]);
  const next = await room.startSucceeds();
  expect(room.server.told).toEqual([]);
  await room.clock.advance(5_000);
  expect(room.server.told).toEqual(['kill']);
  expect(room.outcomes).toEqual([null]);
  await room.signal('SIGTERM');
  expect(next.told[0]).toBe('drain');
});

test('a server that keeps ending is started again after growing pauses; Asterisk keeps its calls', async () => {
  room.server.end();
  await settle();
  const pauses: number[] = [];
  for (let last = room.clock.now(); pauses.length < 8; last = room.start.at) {
    const before = room.starts.length;
    while (room.starts.length === before) await room.clock.advance(500);
    pauses.push(room.start.at - last);
    if (pauses.length % 2 === 0) await room.startFails();
    else (await room.startSucceeds()).end();
    await settle();
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(room.said.join('\n')).toContain('keeps ending');
  expect(room.asterisk.told).toEqual([]);
  expect(room.code).toBeUndefined();

  // One that has run for a minute is sound.
  await room.clock.advance(30_000);
  const sound = await room.startSucceeds();
  await room.clock.advance(60_000);
  sound.end();
  const endedAt = room.clock.now();
  await room.clock.advance(1_000);
  expect(room.start.at - endedAt).toBe(1_000);
});

test('an Asterisk that cannot be started again is tried on, and the server is left alone', async () => {
  room.asteriskComesUp = false;
  room.asterisk.end();
  const endedAt = room.clock.now();
  await room.clock.advance(70_000);
  expect(room.asteriskStarts.map((at) => at - endedAt)).toEqual([
    1_000, 3_000, 7_000, 15_000, 31_000, 61_000,
  ]);
  // Neither waits for the other's pause.
  room.server.end();
  await room.clock.advance(1_000);
  expect(room.starts).toHaveLength(1);
  await room.startSucceeds();
  room.asteriskComesUp = true;
  await room.clock.advance(30_000);
  await room.signal('SIGINT');
  expect(room.asterisk.told).toEqual(['stop']);
  expect(room.code).toBe(0);
});

test('a repaired build is tried at once, in the middle of a pause', async () => {
  room.server.end();
  for (const pauseMs of [1_000, 2_000, 4_000, 8_000]) {
    await room.clock.advance(pauseMs);
    await room.startFails();
  }
  expect(room.outcomes).toEqual([]);
  const before = room.starts.length;
  await room.signal('SIGUSR2');
  expect(room.starts).toHaveLength(before + 1);
  await room.startSucceeds();
  expect(room.outcomes).toEqual([null]);
  expect(room.clock.alarms).toBe(0);
});

test('Ctrl-C ends a pause, and then Asterisk', async () => {
  room.server.end();
  await settle();
  await room.signal('SIGINT');
  expect(room.asterisk.told).toEqual(['stop']);
  expect(room.code).toBe(0);
  await room.clock.advance(60_000);
  expect(room.starts).toEqual([]);
});

test('Ctrl-C ends a start that is under way', async () => {
  room.server.end();
  await room.clock.advance(1_000);
  await room.signal('SIGINT');
  expect(room.start.options.signal?.aborted).toBe(true);
  await room.startFails();
  expect(room.code).toBe(0);
  expect(room.said.join('\n')).not.toContain('migration 99');
});

test('Ctrl-C while a new version starts: the one that serves is drained', async () => {
  await room.signal('SIGUSR2');
  await room.signal('SIGINT');
  expect(room.start.options.signal?.aborted).toBe(true);
  await room.startFails();
  expect(room.server.told[0]).toBe('drain');
  expect(room.code).toBe(0);
});

test('Ctrl-C while a new version takes the calls: that one is drained', async () => {
  await room.signal('SIGUSR2');
  room.start.options.onEvents?.(true);
  await room.signal('SIGINT');
  expect(room.start.options.signal?.aborted).toBe(false);
  expect(room.server.told).toEqual([]);
  room.server.end();
  const next = await room.startSucceeds();
  expect(next.told[0]).toBe('drain');
  expect(room.code).toBe(0);
});

test('a second Ctrl-C ends at once what a first one lets go on', async () => {
  room.server.isBusy = true;
  await room.signal('SIGINT');
  expect(room.server.told).toEqual(['drain']);
  expect(room.asterisk.told).toEqual([]);
  expect(room.code).toBeUndefined();
  await room.signal('SIGINT');
  expect(room.server.told).toEqual(['drain', 'kill']);
  expect(room.asterisk.told).toEqual(['stop']);
  expect(room.code).toBe(0);
});

test('a second Ctrl-C also ends a take-over that hangs', async () => {
  await room.signal('SIGUSR2');
  room.start.options.onEvents?.(true);
  await room.signal('SIGINT');
  await room.signal('SIGINT');
  expect(room.start.options.signal?.aborted).toBe(true);
  expect(room.server.told).toEqual(['kill']);
  expect(room.code).toBe(0);
});
