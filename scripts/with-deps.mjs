// with-deps.mjs FILE args…: makes sure the dependencies are there, then runs a TypeScript file.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureDependencies } from './deps.mjs';

ensureDependencies();
const { register } = await import('tsx/esm/api');
register();
const [file = '', ...args] = process.argv.slice(2);
process.argv = [process.argv[0] ?? 'node', resolve(file), ...args];
await import(pathToFileURL(resolve(file)).href);
