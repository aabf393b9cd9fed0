/** What is half typed about a citizen is kept on this machine under names that begin so. */
const kept = ['yihao.note.', 'yihao.order.', 'yihao.minutes.'];
const owner = 'yihao.typed-by';

/** What we need of the browser's local storage. */
interface Shelf {
  readonly length: number;
  key(at: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/**
 * What is half typed belongs to this person from now on: what another has left here goes, and all of
 * it when nobody is signed in any more.
 */
export function typedBelongsTo(storage: Shelf, personId: string | null): void {
  if (personId !== null && storage.getItem(owner) === personId) return;
  const names = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
  for (const name of names) {
    if (kept.some((beginning) => name.startsWith(beginning))) storage.removeItem(name);
  }
  if (personId === null) storage.removeItem(owner);
  else storage.setItem(owner, personId);
}
