import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Smaller files travel as fast as they are. */
const WORTH_BYTES = 1_400;

/** Lays a compressed copy beside every text of the console: the server sends it to who takes it. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        const text = file.type === 'chunk' ? file.code : file.source;
        if (text.length < WORTH_BYTES || !/\.(js|css|html|svg)$/.test(name)) continue;
        writeFileSync(join(dir, `${name}.gz`), gzipSync(text, { level: 9 }));
      }
    },
  };
}

// The console is served by the server itself: hashed assets, nothing inline, so a strict CSP holds.
export default defineConfig({
  base: '/',
  plugins: [compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    rolldownOptions: {
      onLog(level, log, tell) {
        // antd marks its files for servers that render React; there is none here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/socket.io': { target: 'http://127.0.0.1:8080', ws: true },
      '/sip': { target: 'http://127.0.0.1:8080', ws: true },
    },
  },
});
