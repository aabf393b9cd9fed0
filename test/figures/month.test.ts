import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cell, noSums, type Sums } from '../../src/counting/counters.ts';
import { createFiguresRepo, type FiguresRepo } from '../../src/figures/repo.ts';
import { openStore, type Store } from '../../src/store/db.ts';

const from = Date.parse('2026-10-01T00:00:00+08:00');
const dayMs = 86_400_000;
const to = from + 30 * dayMs;
const agents = Array.from({ length: 30 }, (_, at) => `agent-${at}`);

let store: Store;
let repo: FiguresRepo;

/** Thirty days of 30 agents who work eight hours in four queues each. */
beforeAll(() => {
  store = openStore(':memory:');
  repo = createFiguresRepo(store);
  repo.keep(month(), { rules: 1, seq: 1, at: to, state: { calls: [], seats: [] } });
}, 120_000);
afterAll(() => store.close());

function* month(): Generator<[Cell, Sums]> {
  for (let quarterAt = from; quarterAt < to; quarterAt += 900_000) {
    const sums = { ...noSums(), offered: 3, answered: 2, conversations: 2, talkMs: 300_000 };
    for (let queue = 0; queue <= 12; queue += 1) {
      const queueId = queue === 0 ? '' : `queue-${queue}`;
      yield [{ quarterAt, queueId, entryId: 'main', agentId: '' }, sums];
    }
    for (const [at, agentId] of agents.entries()) {
      const isHere = (quarterAt - from + at * 3_600_000) % dayMs < dayMs / 3;
      if (!isHere) continue;
      for (let queue = 0; queue < 3; queue += 1) {
        const queueId = queue === 0 ? '' : `queue-${((at + queue) % 12) + 1}`;
        yield [{ quarterAt, queueId, entryId: queue === 0 ? '' : 'main', agentId }, sums];
      }
    }
  }
}

describe('a month', () => {
  // Reads only as many rows as it must: days, not quarters of every agent.
  it.each([
    ['agent', 30],
    ['queue', 12],
    ['day', 30],
    ['hour', 720],
    ['quarter', 2_880],
  ] as const)('by %s has %i rows', (by, rows) => {
    expect(repo.sums({ from, to, by, queue: null, agent: null }).size).toBe(rows);
  });

  it('reads a range that begins and ends within days to the quarter', () => {
    const part = { from: from + 5 * 900_000, to: to - 7 * 900_000, queue: 'queue-1', agent: null };
    const all = repo.sums({ ...part, by: 'all' }).get('');
    expect(all?.offered).toBe((2_880 - 12) * 3);
    const days = [...repo.sums({ ...part, by: 'day' }).values()];
    expect(days.map(({ offered }) => offered)).toEqual([91 * 3, ...Array(28).fill(288), 89 * 3]);
  });
});
