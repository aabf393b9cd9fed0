// bundle.mjs: the server for `npm start` and production, in a few files under dist/src. Reading and resolving
// six hundred small ones is half of a start, and callers wait for it.
import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/** Compiled code, and what looks for files beside itself or is wanted only once the doors open. */
const packages = /^(better-sqlite3|@node-rs\/argon2|fastify|@fastify\/.+|socket\.io)$/;

/** They stay packages, and are required: to import CommonJS, Node has to read it twice. */
const required = {
  name: 'required',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: packages }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'required' } : { path, external: true },
    );
    onLoad({ filter: /./, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require('${path}');`,
    }));
  },
};

const { metafile } = await build({
  absWorkingDir: projectFolder,
  entryPoints: ['src/main.ts', 'src/staffing/thread.ts'],
  outbase: 'src',
  outdir: 'dist/src',
  bundle: true,
  // What is loaded later (`import()`) stays apart, and what both sides need is there once.
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  plugins: [required],
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
  },
  logLevel: 'warning',
  metafile: true,
});

// What an earlier build left behind goes last: a server may be started from it until then.
const made = new Set(Object.keys(metafile.outputs).map((file) => resolve(projectFolder, file)));
const found = readdirSync(join(projectFolder, 'dist'), { recursive: true, withFileTypes: true });
for (const entry of found) {
  const file = join(entry.parentPath, entry.name);
  if (!entry.isDirectory() && !made.has(file) && entry.name !== '.inputs') rmSync(file);
}
