import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../src/kit/root.ts';
import { Hall } from '../../test/faults/hall.ts';
import { withHook } from '../../test/faults/hook.ts';
import { ensureAsterisk } from '../asterisk/install.ts';
import { buildProducts } from '../start/build.ts';
import { fillHistory } from './history.ts';
import { isPassed, linesOf, updatePage } from './page.ts';
import { probeSource } from './probe.ts';
import { soak, soakNumbers } from './soak.ts';

const usage = `npm run soak -- [--minutes 15] [--rate CALLS_PER_SECOND] [--seats 40] [--heap FOLDER] [--page]
  Calls at a steady rate on a real Asterisk, a real server in a process of its own, SIP phones without
  media; memory, handles, files, channels and the event loop are sampled, their slopes judged, and what
  is left at rest is compared with what was there before.
  --rate   otherwise 70 % of the most this machine can do now, which is measured first
  --heap   a folder in which the two snapshots of the server's heap stay
  --page   puts the result into docs/RELIABILITY.md`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '15' },
    rate: { type: 'string' },
    seats: { type: 'string', default: '40' },
    heap: { type: 'string' },
    page: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const say = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);
await ensureAsterisk(console.log);
await buildProducts(projectRoot, console.log, true);
const seats = Number(values.seats);
const folder = mkdtempSync(join(tmpdir(), 'yihao-soak-'));
const heapFolder = values.heap ?? folder;
// A server that writes its heap down stands still for longer than one may that serves people.
const config = { endWhenStuckSeconds: 0 };
const hall = await withHook(probeSource, () =>
  Hall.open({ seats, numbers: soakNumbers, config, history: fillHistory, isHuge: true }),
);
try {
  const rate = values.rate === undefined ? null : Number(values.rate);
  const result = await soak(hall, { minutes: Number(values.minutes), rate, heapFolder, say });
  const lines = linesOf(result, new Date().toISOString().slice(0, 10));
  console.log(lines.join('\n'));
  if (values.page) {
    const page = join(projectRoot, 'docs', 'RELIABILITY.md');
    writeFileSync(page, updatePage(readFileSync(page, 'utf8'), lines));
  }
  process.exitCode = isPassed(result) ? 0 : 1;
} finally {
  await hall.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
