import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const lastBackupSchema = z.object({
  /** The moment the backup shows, in milliseconds since the epoch. */
  at: z.int(),
  folder: z.string().min(1),
});
export type LastBackup = z.infer<typeof lastBackupSchema>;

const fileIn = (dataDir: string) => join(dataDir, 'last-backup.json');

/** Writes down, beside the database and not in it, where the newest backup lies. */
export function rememberBackup(dataDir: string, backup: LastBackup): void {
  const part = `${fileIn(dataDir)}.part`;
  writeFileSync(part, `${JSON.stringify(backup)}\n`, { mode: 0o600 });
  renameSync(part, fileIn(dataDir));
}

/** The newest backup of a data folder; null when there is none, or nobody knows. */
export function lastBackup(dataDir: string): LastBackup | null {
  try {
    const file: unknown = JSON.parse(readFileSync(fileIn(dataDir), 'utf8'));
    return lastBackupSchema.parse(file);
  } catch {
    return null;
  }
}
