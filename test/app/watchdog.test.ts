import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/kit/root.ts';

/** A process of its own that holds its loop up, and what it said. */
function run(endAfterMs: number, blockMs: number) {
  const at = (file: string) => JSON.stringify(join(projectRoot, 'src', file));
  const program = `
    import { startWatchdog } from ${at('app/watchdog.ts')};
    import { createLog } from ${at('kit/log.ts')};
    import { systemClock } from ${at('kit/clock.ts')};
    const dog = startWatchdog({ clock: systemClock, log: createLog('info'), endAfterMs: ${endAfterMs} });
    function adding() { const end = performance.now() + ${blockMs}; while (performance.now() < end) {} }
    setTimeout(adding, 1_000);
    setTimeout(() => { console.log(JSON.stringify({ words: dog.words() })); dog.stop(); }, ${blockMs} + 1_600);
  `;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { stdout, signal } = spawnSync(process.execPath, args, {
    cwd: projectRoot,
    encoding: 'utf8',
    timeout: 15_000,
  });
  return {
    signal,
    lines: stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

test('a loop held up is told with what was running, and in the words of /readyz', () => {
  const { lines, signal } = run(60_000, 1_500);
  expect(signal).toBeNull();
  const told = lines.find(({ msg }) => msg === 'the event loop stands still');
  expect(told.running.some((frame: string) => frame.startsWith('adding '))).toBe(true);
  expect(lines.find(({ msg }) => msg === 'the event loop was held up').lateMs).toBeGreaterThan(500);
  expect(lines.at(-1).words).toMatch(/^held up for \d+ ms/);
});

test('a loop that does not come back ends the process', () => {
  const { lines, signal } = run(2_000, 60_000);
  expect(signal).toBe('SIGKILL');
  expect(lines.at(-1)).toMatchObject({ level: 60, msg: expect.stringContaining('ends itself') });
});
