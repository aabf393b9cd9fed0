import { monotonicFactory } from 'ulid';

const next = monotonicFactory();

/** A new id: 26 characters, unique, sorting by time of making (ULID). */
export function newId(): string {
  return next();
}
