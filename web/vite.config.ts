import { defineConfig } from 'vite';

// The console is served by the server itself: hashed assets, nothing inline, so a strict CSP holds.
export default defineConfig({
  base: '/',
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
