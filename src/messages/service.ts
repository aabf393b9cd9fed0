import type { MessageTexts, TextKind } from '../../config/messages.ts';
import type { Cancel, Clock } from '../kit/clock.ts';
import { AppError } from '../kit/errors.ts';
import { newId } from '../kit/ids.ts';
import type { Log } from '../kit/log.ts';
import { maskNumber } from '../kit/mask.ts';
import type { Store } from '../store/db.ts';
import type { MessageProvider } from './provider.ts';
import type { MessageRow, MessagesRepo } from './repo.ts';
import type { MessagePage, MessageQuery, MessageView } from './schema.ts';

/** Only mobile numbers of the mainland take texts (工信部 numbering plan: eleven digits from 13 to 19). */
const takesTexts = /^1[3-9]\d{9}$/;

/** When the outbox itself cannot be written. */
const AFTER_TROUBLE_MS = 60_000;

interface Parts {
  readonly store: Store;
  readonly repo: MessagesRepo;
  readonly provider: MessageProvider;
  readonly texts: MessageTexts;
  readonly clock: Clock;
  readonly log: Log;
  /** Pauses after each attempt in vain; after the last one it is given up. Milliseconds. */
  readonly retryMs: readonly number[];
  /** The number people know an order by. */
  orderNumberOf(orderId: string): string | null;
  /** Joins the transaction that says so in the outbox. */
  onDone(message: Pick<MessageRow, 'orderId' | 'kind'>, outcome: 'sent' | 'failed'): void;
}

/**
 * Texts to whoever asked. What is to be sent is written down in the transaction of what it is about;
 * then one after the other is handed to the provider, and again after a crash under the same id.
 */
export class Messages {
  readonly #parts: Parts;
  #cancel: Cancel | null = null;
  #isRunning = false;
  #isSending = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Writes a text into the outbox. False when there is no text for it or the number takes none. */
  queue(
    kind: TextKind,
    orderId: string,
    number: string,
    values: Readonly<Record<string, string>>,
  ): boolean {
    const { texts, repo, clock } = this.#parts;
    const pattern = texts.texts[kind];
    if (pattern === undefined || !takesTexts.test(number)) return false;
    const filled = pattern.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
    const now = clock.now();
    repo.add({
      id: newId(),
      orderId,
      kind,
      number,
      text: `${texts.signature}${filled}`,
      createdAt: now,
      state: 'waiting',
      attempts: 0,
      nextAt: now,
      sentAt: null,
      failure: null,
    });
    this.#wakeAt(now);
    return true;
  }

  /** Begins to send, what an earlier process left first. */
  start(): Cancel {
    this.#isRunning = true;
    this.#wakeAtNext();
    return () => {
      this.#isRunning = false;
      this.#cancel?.();
    };
  }

  /** Texts of one order, or of one state page by page, the newest first. */
  list(query: MessageQuery): MessagePage {
    const { repo } = this.#parts;
    if (query.orderId !== undefined) {
      return { rows: repo.ofOrder(query.orderId).map((row) => this.#view(row)), next: null };
    }
    const before = query.before === undefined ? null : repo.byId(query.before);
    const found = repo.page({ ...query, limit: query.limit + 1 }, before);
    const rows = found.slice(0, query.limit);
    const next = found.length > rows.length ? (rows.at(-1)?.id ?? null) : null;
    return { rows: rows.map((row) => this.#view(row)), next };
  }

  /** Tries one again that was given up. @throws AppError `not-found`, `not-now` when it was not. */
  retry(id: string): void {
    const { repo, clock } = this.#parts;
    const row = repo.byId(id);
    if (!row) throw new AppError('not-found');
    if (row.state !== 'failed') throw new AppError('not-now');
    repo.change({ ...row, state: 'waiting', attempts: 0, nextAt: clock.now() });
    this.#wakeAtNext();
  }

  #view({ number, text: _text, ...row }: MessageRow): MessageView {
    const orderNumber = this.#parts.orderNumberOf(row.orderId);
    return { ...row, orderNumber, toMasked: maskNumber(number) };
  }

  #wakeAtNext(): void {
    const due = this.#parts.repo.next()?.nextAt;
    if (typeof due === 'number') this.#wakeAt(due);
  }

  #wakeAt(at: number): void {
    if (!this.#isRunning || this.#isSending) return;
    const { clock } = this.#parts;
    this.#cancel?.();
    // Never at once: what is queued now is not committed yet.
    this.#cancel = clock.after(Math.max(1, at - clock.now()), () => void this.#sendDue());
  }

  async #sendDue(): Promise<void> {
    const { repo, clock, log } = this.#parts;
    this.#isSending = true;
    let pauseMs = 0;
    try {
      let row = repo.next();
      while (this.#isRunning && row?.nextAt != null && row.nextAt <= clock.now()) {
        await this.#send(row);
        row = repo.next();
      }
    } catch (error) {
      log.error({ err: error }, 'the outbox of text messages cannot be read or written');
      pauseMs = AFTER_TROUBLE_MS;
    }
    this.#isSending = false;
    if (pauseMs > 0) this.#wakeAt(clock.now() + pauseMs);
    else this.#wakeAtNext();
  }

  async #send(row: MessageRow): Promise<void> {
    const { repo, provider, clock, log, retryMs } = this.#parts;
    const attempts = row.attempts + 1;
    try {
      await provider.send({ id: row.id, to: row.number, text: row.text });
    } catch (error) {
      const pauseMs = retryMs[row.attempts];
      const failure = kindOf(error);
      log.warn({ messageId: row.id, attempts, failure }, 'a text message could not be handed over');
      if (pauseMs !== undefined) {
        repo.change({ ...row, attempts, failure, nextAt: clock.now() + pauseMs });
        return;
      }
      this.#done({ ...row, attempts, failure, state: 'failed', nextAt: null }, 'failed');
      return;
    }
    const sent = { state: 'sent', nextAt: null, sentAt: clock.now(), failure: null } as const;
    this.#done({ ...row, attempts, ...sent }, 'sent');
  }

  #done(row: MessageRow, outcome: 'sent' | 'failed'): void {
    const { store, repo, onDone } = this.#parts;
    store.transaction(() => {
      repo.change(row);
      onDone(row, outcome);
    });
  }
}

/** What kind of error it was. Its own words may name the number or the text: they are kept nowhere. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z][A-Z_]{1,39}$/.test(code) ? code : error.name;
}
