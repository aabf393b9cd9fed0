import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
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
