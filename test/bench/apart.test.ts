import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { runApart } from '../../scripts/bench/apart.ts';
import { rows } from '../../scripts/bench/rows.ts';

const engine = rows.find(({ name }) => name === 'engine');

test('a row of its own process gives its figures, one that fails or takes too long says so', async () => {
  if (!engine) throw new Error('no row engine');
  const found = await runApart(engine, ['--tiny'], 120_000);
  expect(found.samples).toBeGreaterThan(0);
  expect(found.ours.min).not.toBeNull();
  const none = await runApart({ ...engine, name: 'no-such-row' }, [], 120_000);
  expect([none.met, none.notes]).toEqual([false, ['Failed: it did not say anything.']]);
  const late = await runApart(engine, [], 50);
  expect([late.met, late.samples, late.notes[0]]).toEqual([
    false,
    0,
    'Failed: it took more than 0 minutes.',
  ]);
  expect(existsSync(tmpdir())).toBe(true);
}, 240_000);
