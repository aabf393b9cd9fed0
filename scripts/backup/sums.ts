import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../start/problem.ts';

// Lists of hashes as `sha256sum` writes them. A site may have 75 million files: no list is ever in
// memory as a whole.

export interface Sum {
  sha256: string;
  path: string;
}

/** A line of a list, without its end. */
export const sumLine = ({ sha256, path }: Sum): string => `${sha256}  ${path}`;

/**
 * Writes lines as they come. The next one is asked for only when the disk has taken those before it;
 * all are on the disk when it resolves.
 */
export async function writeLines(file: string, lines: AsyncIterable<string>): Promise<void> {
  const ended = async function* () {
    for await (const line of lines) yield `${line}\n`;
  };
  await pipeline(ended(), createWriteStream(file, { mode: 0o600, flush: true }));
}

/** The lines of a file, one after another. */
export function readLines(file: string): AsyncGenerator<string, void, void> {
  return linesOf(createReadStream(file, { encoding: 'utf8' }));
}

/**
 * The lines of a list of hashes, one after another.
 * @throws Problem at the first line that is none
 */
export async function* readSums(file: string): AsyncGenerator<Sum, void, void> {
  for await (const line of readLines(file)) yield parseSum(line);
}

/** Lines out of pieces that end anywhere; empty ones are left out. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void, void> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield line;
  }
  if (rest !== '') yield rest;
}

function parseSum(line: string): Sum {
  const [, sha256, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
  if (sha256 === undefined || path === undefined) {
    throw new Problem(`校验清单有误：${line}`, `Not a line of a list of hashes: ${line}`);
  }
  return { sha256, path };
}
