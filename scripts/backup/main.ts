import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadServerConfig } from '../../config/load.ts';
import { Problem, report } from '../start/problem.ts';
import { backUp } from './backup.ts';
import { showProgress } from './progress.ts';
import { prune } from './prune.ts';

/**
 * `npm run backup -- [--to FOLDER] [--keep N]`: a backup of the running (or stopped) server; with
 * `--keep` only the newest N stay. Exit code 2: made, but files the database speaks of are missing.
 */
try {
  const { values } = parseArgs({ options: { to: { type: 'string' }, keep: { type: 'string' } } });
  const keep = values.keep === undefined ? null : countOf(values.keep);
  const { dataDir } = loadServerConfig();
  const to = values.to ?? join(dataDir, 'backups');
  const { folder, manifest, sha256 } = await backUp({ dataDir, to, progress: showProgress });
  const { rows, files, missing, missingMore, recordingsRunning } = manifest;
  console.log(`
备份完成 / backed up: ${folder}
  ${manifest.lastEvent} events, ${rows['calls'] ?? 0} calls, ${files.count} files (${(files.bytes / 1e6).toFixed(1)} MB), ${recordingsRunning} recordings still running
  SHA-256 of SHA256SUMS: ${sha256}
  恢复 / to restore: npm run restore -- --from ${folder} --to ${dataDir}-restored`);
  for (const { path, why } of missing) console.error(`⚠ 缺失 / missing: ${path} (${why})`);
  if (missingMore > 0) console.error(`⚠ 另外缺失 / more missing: ${missingMore}`);
  if (missing.length > 0) process.exitCode = 2;
  if (keep !== null) {
    const gone = await prune(to, keep);
    console.log(
      `  清理 / removed: ${gone.backups.length} older backups, ${gone.files} files only they had`,
    );
  }
} catch (error) {
  report(error);
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new Problem(
    `--keep 须为 1 或更大的整数：${text}`,
    `--keep takes a whole number from 1 on, not ${text}`,
  );
}
