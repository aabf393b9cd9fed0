import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../kit/errors.ts';
import { kindOfFile } from '../kit/file-kind.ts';
import { newId } from '../kit/ids.ts';
import type { Store } from '../store/db.ts';
import type { orderFiles } from '../store/tables/orders.ts';

export type OrderFile = typeof orderFiles.$inferSelect;

/** One photo of a telephone, or a scanned contract. */
const FILE_MAX_BYTES = 10 * 1_024 * 1_024;
const FILES_PER_ORDER = 30;

/** Files of orders: rows in the database, the content in a folder under its SHA-256, each kept once. */
export class OrderFiles {
  readonly #folder: string;
  readonly #ofOrder;
  readonly #insert;

  constructor(store: Store, folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    this.#ofOrder = store.sql.prepare<[string], OrderFile>(
      'SELECT * FROM order_files WHERE orderId = ? ORDER BY at, id',
    );
    this.#insert = store.sql.prepare<OrderFile>(
      `INSERT INTO order_files (id, orderId, at, personId, unitId, name, kind, bytes, sha256)
       VALUES (@id, @orderId, @at, @personId, @unitId, @name, @kind, @bytes, @sha256)`,
    );
  }

  /** @throws AppError `not-found` when one of them is no file of the order */
  mustBeOf(orderId: string, fileIds: readonly string[]): void {
    const own = new Set(this.of(orderId).map(({ id }) => id));
    if (!fileIds.every((id) => own.has(id))) throw new AppError('not-found');
  }

  of(orderId: string): OrderFile[] {
    return this.#ofOrder.all(orderId);
  }

  /**
   * What a file would be kept as; its content is on the disk afterwards, its row is not.
   * @throws AppError `file-not-taken` for a kind we do not take, an empty one, or one too many
   */
  take(
    file: { name: string; content: Buffer },
    by: Pick<OrderFile, 'orderId' | 'at' | 'personId' | 'unitId'>,
  ): OrderFile {
    const { content } = file;
    const kind = kindOfFile(content);
    if (kind === null || content.length > FILE_MAX_BYTES) throw new AppError('file-not-taken');
    if (this.of(by.orderId).length >= FILES_PER_ORDER) throw new AppError('file-not-taken');
    const sha256 = createHash('sha256').update(content).digest('hex');
    const path = this.#pathOf(sha256);
    if (!existsSync(path)) {
      writeFileSync(`${path}.part`, content);
      renameSync(`${path}.part`, path);
    }
    // The name is only shown; no path is ever made of it.
    const name = file.name.replaceAll(/[\p{Cc}/\\]/gu, '').slice(-100) || 'file';
    return { ...by, id: newId(), name, kind, bytes: content.length, sha256 };
  }

  /** Called inside the transaction that writes the event. */
  add(file: OrderFile): void {
    this.#insert.run(file);
  }

  /** @throws AppError `not-found`, also when the content is not what was handed in. */
  read(orderId: string, fileId: string): { file: OrderFile; content: Buffer } {
    const file = this.of(orderId).find(({ id }) => id === fileId);
    if (!file || !existsSync(this.#pathOf(file.sha256))) throw new AppError('not-found');
    const content = readFileSync(this.#pathOf(file.sha256));
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (sha256 !== file.sha256) throw new AppError('not-found');
    return { file, content };
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, sha256);
  }
}
