// bundle.mjs: the server for `npm start` and production, in a few files under dist/src. Reading and resolving
// six hundred small ones is half of a start, and callers wait for it.
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const folder = 'dist/src';

/** Compiled code, and what looks for files beside itself or is wanted only once the doors open. */
const external = ['better-sqlite3', '@node-rs/argon2', 'fastify', '@fastify/*', 'socket.io'];

const { metafile } = await build({
  absWorkingDir: projectFolder,
  entryPoints: ['src/main.ts', 'src/staffing/thread.ts'],
  outbase: 'src',
  outdir: folder,
  bundle: true,
  // What is loaded later (`import()`) stays apart, and what both sides need is there once.
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external,
  // CommonJS packages among what is bundled ask for Node's own modules with it.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
  },
  logLevel: 'warning',
  metafile: true,
});

// What an earlier build left behind goes last: a server may be started from it until then.
const made = new Set(Object.keys(metafile.outputs).map((file) => resolve(projectFolder, file)));
for (const entry of readdirSync(join(projectFolder, 'dist'), {
  recursive: true,
  withFileTypes: true,
})) {
  const file = join(entry.parentPath, entry.name);
  if (!entry.isDirectory() && !made.has(file) && entry.name !== '.inputs') rmSync(file);
}
