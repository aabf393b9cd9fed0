import { AppError } from '../kit/errors.ts';

/** Results of SQLite that speak of the place where the data lie, not of the data. */
const places =
  /^SQLITE_(FULL|BUSY|LOCKED|READONLY|IOERR|CANTOPEN|PROTOCOL|NOMEM|CORRUPT|NOTADB)(_|$)/;
const noRoom: ReadonlySet<unknown> = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']);
const noWriting: ReadonlySet<unknown> = new Set(['EROFS', 'EIO']);

/** Could something not be written because of the disk or of another process, whatever it was? */
export function isStorageError(error: unknown): boolean {
  const code = codeOf(error);
  return noRoom.has(code) || noWriting.has(code) || (typeof code === 'string' && places.test(code));
}

/** Would more room on the disk help? */
export function isRoomError(error: unknown): boolean {
  const code = codeOf(error);
  return noRoom.has(code) || (typeof code === 'string' && code.startsWith('SQLITE_IOERR'));
}

/** What a person is told whose act could not be stored: `storage-full` or `storage-busy`. */
export function storageRefusal(error: unknown): AppError {
  return new AppError(noRoom.has(codeOf(error)) ? 'storage-full' : 'storage-busy');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
