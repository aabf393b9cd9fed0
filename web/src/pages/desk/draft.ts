/** A note being written; kept on this machine per call until it is submitted. */
export interface Draft {
  note: string;
  resultCode: string | null;
}

/** What we need of the browser's local storage. */
interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

const prefix = 'yihao.note.';

/** What was typed for this call before, else what the server knows. */
export function readDraft(storage: Pick<Shelf, 'getItem'>, callId: string, known: Draft): Draft {
  try {
    const kept = JSON.parse(storage.getItem(prefix + callId) ?? 'null') as Partial<Draft> | null;
    if (kept === null || typeof kept.note !== 'string') return known;
    return { note: kept.note, resultCode: kept.resultCode ?? null };
  } catch {
    return known;
  }
}

export function keepDraft(storage: Pick<Shelf, 'setItem'>, callId: string, draft: Draft): void {
  storage.setItem(prefix + callId, JSON.stringify(draft));
}

export function dropDraft(storage: Pick<Shelf, 'removeItem'>, callId: string): void {
  storage.removeItem(prefix + callId);
}

/** How much of the wrap-up is left, 1 … 0; null when it does not end by itself. */
export function wrapUpLeft(since: number, until: number | null, now: number): number | null {
  if (until === null || until <= since) return null;
  return Math.min(1, Math.max(0, (until - now) / (until - since)));
}
