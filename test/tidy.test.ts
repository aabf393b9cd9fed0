import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../src/kit/root.ts';
import { brokenFloors } from './tidy/floors.ts';
import {
  importsOfPackage,
  longFunctions,
  looseTypes,
  openRoutes,
  routesIn,
  secondClocks,
} from './tidy/rules.ts';
import { committedFiles, parse, type Source, sourcesIn } from './tidy/sources.ts';

// The rules of the house (docs/ARCHITECTURE.md), kept by the machine.

const server = sourcesIn('src', 'telephony', 'config');
const others = sourcesIn('scripts', 'web');
const tests = sourcesIn('test');

const findings = (sources: Source[], rule: (source: Source) => string[]) => sources.flatMap(rule);
const lines = (text: string) => text.trimEnd().split('\n').length;
const longer = (limit: number) => (source: Source) =>
  lines(source.text) > limit ? [`${source.path} has ${lines(source.text)} lines`] : [];

describe('the house', () => {
  test('every room looks down only', () => {
    const web = others.filter(({ path }) => path.startsWith('web/src/'));
    expect(findings([...server, ...web], brokenFloors)).toEqual([]);
  });

  test('files are at most 300 lines', () => {
    expect(findings([...server, ...others, ...tests], longer(300))).toEqual([]);
  });

  test('functions are at most 60 lines, markup 80', () => {
    expect(findings([...server, ...others], longFunctions)).toEqual([]);
  });

  test('no any, no !', () => {
    expect(findings([...server, ...others, ...tests], looseTypes)).toEqual([]);
  });

  test('time comes from the clock', () => {
    const timed = server.filter(({ path }) => path !== 'src/kit/clock.ts');
    expect(findings(timed, secondClocks)).toEqual([]);
  });

  test('only telephony/ knows ari-client', () => {
    const rest = [...server, ...others].filter(({ path }) => !path.startsWith('telephony/'));
    expect(findings(rest, (source) => importsOfPackage(source, 'ari-client'))).toEqual([]);
  });

  test('no two pages style one class: all sheets that were ever opened are in force together', () => {
    const folders = new Map<string, Set<string>>();
    for (const path of committedFiles().filter((name) => /^web\/src\/.*\.css$/.test(name))) {
      const sheet = readFileSync(join(projectRoot, path), 'utf8');
      for (const [, name = ''] of sheet.matchAll(/^\.([\w-]+)(?=,$| \{$)/gm)) {
        folders.set(name, (folders.get(name) ?? new Set()).add(dirname(path)));
      }
    }
    expect([...folders].filter(([, where]) => where.size > 1)).toEqual([]);
  });

  test('every route says whom it lets in', () => {
    expect(server.flatMap(routesIn).length).toBeGreaterThan(20);
    expect(findings(server, openRoutes)).toEqual([]);
  });
});

describe('every file', () => {
  const readable = committedFiles().filter(
    (path) =>
      statSync(join(projectRoot, path)).size < 2_000_000 && !/\.(png|wav|ico|woff2?)$/.test(path),
  );
  const holding = (pattern: RegExp) =>
    readable.filter((path) => pattern.test(readFileSync(join(projectRoot, path), 'utf8')));

  test('leaves nothing undone without saying why', () => {
    const undone = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);
    expect(holding(undone)).toEqual([]);
  });

  test('stands alone: names no place outside the project', () => {
    const shared = ['..', 'shared', ''].join('/');
    const here = ['', 'work', '(main|shared|\\.\\w+)'].join('/');
    const outside = new RegExp(
      `(?<![\\w./])${shared.replaceAll('.', '\\.')}[A-Zr]|(?<![\\w.-])${here}\\b`,
    );
    expect(holding(outside)).toEqual([]);
  });

  test('the folders the rules speak of are there', () => {
    for (const folder of ['src/kit', 'src/acd', 'src/store', 'src/calls', 'telephony', 'config']) {
      expect(existsSync(join(projectRoot, folder))).toBe(true);
    }
  });
});

describe('the rules see what they forbid', () => {
  const found = (rule: (source: Source) => string[], text: string, path = 'src/calls/x.ts') =>
    rule(parse(path, text)).length;

  test.each([
    ['src/calls/x.ts', "import { a } from '../seats/a.ts';", 1],
    ['src/calls/x.ts', "export type { A } from '../app.ts';", 1],
    ['src/calls/x.ts', "import { a } from '../kit/a.ts';", 0],
    ['src/kit/x.ts', "import { a } from '../../config/load.ts';", 1],
    ['src/acd/x.ts', "import type { A } from '../events.ts';", 0],
    ['src/http/x.ts', "import { a } from '../realtime/a.ts';", 1],
    ['telephony/x.ts', "import { a } from '../src/calls/ports.ts';", 0],
    ['telephony/x.ts', "import { a } from '../src/calls/repo.ts';", 1],
    ['web/src/x.ts', "import type { A } from '../../src/seats/schema.ts';", 0],
    ['web/src/x.ts', "import { a } from '../../src/seats/schema.ts';", 1],
    ['web/src/x.ts', "import type { A } from '../../src/seats/service.ts';", 1],
    ['src/calls/x.ts', "import { a } from '../../scripts/a.ts';", 1],
  ])('%s: %s', (path, text, count) => {
    expect(found(brokenFloors, text, path)).toBe(count);
  });

  test.each([
    ['const a: any = 1;', looseTypes, 1],
    ['const a = b!;', looseTypes, 1],
    ['const a = b !== c;', looseTypes, 0],
    ['Date.now();', secondClocks, 1],
    ['const later = Date.now;', secondClocks, 1],
    ['new Date();', secondClocks, 1],
    ['new Date(at);', secondClocks, 0],
    ['setTimeout(f, 1);', secondClocks, 1],
    ["app.get('/a', { schema: {} }, f);", openRoutes, 1],
    ["app.get('/a', f);", openRoutes, 1],
    ["app.get('/a', { config, schema: {} }, f);", openRoutes, 0],
  ])('%s', (text, rule, count) => {
    expect(found(rule, text)).toBe(count);
  });

  test('a long function is found, a factory of short ones is not', () => {
    const calls = (count: number) => 'g();\n'.repeat(count);
    expect(found(longFunctions, `function f() {\n${calls(60)}}`)).toBe(1);
    expect(found(longFunctions, `const f = () => {\n${calls(60)}};`)).toBe(1);
    expect(found(longFunctions, `function f() {\n${calls(58)}}`)).toBe(0);
    const inner = 'const g = () => {\nh();\n};\n'.repeat(30);
    expect(found(longFunctions, `function f() {\n${inner}}`)).toBe(0);
  });
});
