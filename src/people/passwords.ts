import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id with the costs OWASP asks for at least: 19 MiB, two passes, one lane. */
const costs = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Without 0 O 1 l I: a one-time password is read aloud and typed by hand. */
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';
const digits = '23456789';

export function hashPassword(password: string): Promise<string> {
  return hash(password, costs);
}

/**
 * Is it the password of this hash? Without a hash (no such account) it takes as long and says no, so
 * that the time of an answer tells nobody which accounts exist.
 */
export async function isPassword(password: string, known: string | null): Promise<boolean> {
  const matches = await verify(known ?? (await nobodysHash()), password);
  return known !== null && matches;
}

let nobody: Promise<string> | undefined;
function nobodysHash(): Promise<string> {
  nobody ??= hashPassword(newOneTimePassword());
  return nobody;
}

/** A random password of four groups, about 90 bits: `kTm4-Rw7x-…`. */
export function newOneTimePassword(): string {
  return [group(), group(), group(), group()].join('-');
}

function group(): string {
  return pick(letters) + pick(letters) + pick(letters) + pick(digits);
}

function pick(from: string): string {
  return from.charAt(randomInt(from.length));
}
