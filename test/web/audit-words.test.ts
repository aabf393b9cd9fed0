import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/kit/root.ts';
import { knownActs } from '../../web/src/pages/admin/act-words.ts';

/** Acts as the server's sources name them: `action: 'x.y'`, or handed to a helper that writes the audit. */
const named = /(?:action: |\bnote\(request, |#?trace\([^'()]*, )'([a-z]+[.-][a-z.-]+)'/g;

test('an auditor reads every act in words', () => {
  const src = join(projectRoot, 'src');
  const acts = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(src, file), 'utf8').matchAll(named)])
    .map(([, act = '']) => act);
  expect(acts.length, 'they are found').toBeGreaterThan(40);
  expect([...new Set(acts)].filter((act) => !knownActs.includes(act))).toEqual([]);
});
