import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadServerConfig } from '../../config/load.ts';
import { report } from '../start/problem.ts';
import { backUp } from './backup.ts';
import { showProgress } from './progress.ts';

/**
 * `npm run backup -- [--to FOLDER]`: a backup of the running (or stopped) server. Exit code 2: made, but
 * files the database speaks of are missing.
 */
try {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  const { dataDir } = loadServerConfig();
  const to = values.to ?? join(dataDir, 'backups');
  const { folder, manifest, sha256 } = await backUp({ dataDir, to, progress: showProgress });
  const { rows, files, missing, recordingsRunning } = manifest;
  console.log(`
备份完成 / backed up: ${folder}
  ${manifest.lastEvent} events, ${rows['calls'] ?? 0} calls, ${files.count} files (${(files.bytes / 1e6).toFixed(1)} MB), ${recordingsRunning} recordings still running
  SHA-256 of SHA256SUMS: ${sha256}
  恢复 / to restore: npm run restore -- --from ${folder} --to ${dataDir}-restored`);
  for (const { path, why } of missing) console.error(`⚠ 缺失 / missing: ${path} (${why})`);
  if (missing.length > 0) process.exitCode = 2;
} catch (error) {
  report(error);
}
