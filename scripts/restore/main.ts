import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { showProgress } from '../backup/progress.ts';
import { Problem, report } from '../start/problem.ts';
import { restore } from './restore.ts';

/** `npm run restore -- --from BACKUP --to EMPTY`: a data folder of a backup, checked on the way. */
try {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  if (values.from === undefined || values.to === undefined) {
    const usage = 'npm run restore -- --from BACKUP --to EMPTY-FOLDER';
    throw new Problem(`用法：${usage}`, `Usage: ${usage}`);
  }
  const [from, to] = [resolve(values.from), resolve(values.to)];
  const { folder, manifest } = await restore({ from, to, progress: showProgress });
  console.log(`
恢复完成，数据截至 ${manifest.takenAt} / restored as of ${manifest.takenAt}: ${to}
  from ${folder}: ${manifest.lastEvent} events, ${manifest.files.count} files, hashes and counts equal
  启动 / to start on it: YIHAO_DATA_DIR=${to} npm start`);
  for (const { path } of manifest.missing) console.error(`⚠ 备份中没有 / not in it: ${path}`);
  if (manifest.missingMore > 0) console.error(`⚠ 另外还有 / and more: ${manifest.missingMore}`);
} catch (error) {
  report(error);
}
