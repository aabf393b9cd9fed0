import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { projectRoot } from '../../src/kit/root.ts';

/** One node of a syntax tree, as far as the rules look at it. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

export interface Source {
  /** Path from the project's root. */
  path: string;
  text: string;
  /** All nodes, outer before inner. */
  nodes: readonly Node[];
  lineOf(at: number): number;
}

/** Every file under version control, whatever it is. */
export function committedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files'], { cwd: projectRoot, encoding: 'utf8' });
  return listed.split('\n').filter((path) => path !== '' && existsSync(join(projectRoot, path)));
}

/** The TypeScript sources below these folders, parsed. */
export function sourcesIn(...folders: string[]): Source[] {
  return committedFiles()
    .filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)))
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => parse(path, readFileSync(join(projectRoot, path), 'utf8')));
}

export function parse(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text, { range: true });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const lineStarts = [...text.matchAll(/^/gm)].map((match) => match.index);
  return {
    path,
    text,
    nodes: [...nodesIn(program)],
    lineOf: (at) => lineStarts.findLastIndex((start) => start <= at) + 1,
  };
}

export function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodesIn(item);
  if (!isNode(value)) return;
  yield value;
  for (const [field, child] of Object.entries(value)) {
    if (field !== 'parent' && typeof child === 'object') yield* nodesIn(child);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** What a file imports, and whether only types of it. */
export function importsOf(source: Source): { from: string; typesOnly: boolean; at: number }[] {
  return source.nodes.flatMap((node) => {
    const from = isNode(node['source']) ? node['source']['value'] : undefined;
    if (typeof from !== 'string') return [];
    const typesOnly = node['importKind'] === 'type' || node['exportKind'] === 'type';
    return [{ from, typesOnly, at: node.start }];
  });
}
