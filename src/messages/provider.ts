import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One text on its way. Never log it: it names a person's number. */
export interface Outgoing {
  /** The same at every attempt: whoever has taken this id before must not send it again. */
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

/**
 * Whoever carries texts to telephones. Taking the same id twice is taking it once: after a crash a text
 * is handed over again, because nobody can know whether it had arrived.
 */
export interface MessageProvider {
  /** Resolves when the text is taken. Rejects when it is to be tried again later. */
  send(message: Outgoing): Promise<void>;
}

/** Puts each text into a file of its own, for a gateway that collects them, or for nobody. */
export function fileProvider(folder: string): MessageProvider {
  return {
    async send({ id, to, text }) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${id}.json`);
      if (existsSync(file)) return;
      // Whole or not at all: a gateway never collects half a text.
      const draft = join(folder, `.${id}.${randomUUID()}`);
      writeFileSync(draft, `${JSON.stringify({ id, to, text })}\n`, { mode: 0o600, flush: true });
      renameSync(draft, file);
    },
  };
}
