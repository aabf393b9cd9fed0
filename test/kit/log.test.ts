import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { steadySink } from '../../src/kit/log.ts';
import { projectRoot } from '../../src/kit/root.ts';

const log = join(projectRoot, 'src/kit/log.ts');

/** What a process of its own writes to its log. */
function written(statement: string): string {
  const program = `import { createLog } from ${JSON.stringify(log)}; const log = createLog('info'); ${statement}`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  return spawnSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' }).stdout;
}

test('neither secrets nor callers are written, by name or by look', () => {
  const line = written(`
    log.info({ password: 'p-secret', caller: '13812345678', deep: { token: 't-secret', cookie: 'c-secret' } },
      'from 13987654321 came');
    log.debug('not at this level');
  `);
  expect(line).not.toMatch(/secret|13812345678|13987654321|not at this level/);
  expect(line).toContain('from 139****4321 came');
  expect(line).toMatch(/"time":"\d{4}-\d\d-\d\dT/);
});

test('a line break in a value cannot forge a second line', () => {
  const forged = JSON.stringify('a\n{"level":60}');
  const lines = written(`log.info({ who: ${forged} }, ${forged});`).trim().split('\n');
  expect(lines).toHaveLength(1);
});

test('a log that cannot be written holds nobody up, and says later how much is missing', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'yihao-log-')), 'log');
  const fd = openSync(file, 'w');
  // /dev/full answers every write as a full disk does.
  const full = openSync('/dev/full', 'w');
  const sink = steadySink(full);
  for (let n = 0; n < 1_000; n += 1) sink.write('{"n":1}\n');
  closeSync(full);
  // The same number again, now with room behind it.
  const to = openSync(file, 'a');
  expect(to).toBe(full);
  sink.write('{"n":2}\n');
  closeSync(to);
  closeSync(fd);
  expect(readFileSync(file, 'utf8')).toBe('{"level":50,"droppedLines":1000}\n{"n":2}\n');
});
