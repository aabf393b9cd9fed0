import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { z } from 'zod';
import { AppError } from '../kit/errors.ts';
import type { YihaoServer } from '../yihao-server.ts';

const YEAR_MS = 365 * 86_400_000;

/**
 * Serves the built console: hashed assets for a year, everything that is no file as `index.html`, so
 * that an address inside the console can be opened and shared.
 */
export async function registerConsole(app: YihaoServer, folder: string): Promise<void> {
  const files = existsSync(folder) ? new Set(readdirSync(folder)) : new Set<string>();
  if (files.has('index.html')) {
    // What the build laid beside a file goes to whoever takes it compressed.
    await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
  }
  const schema = { hide: true, params: z.object({ '*': z.string() }) };
  app.get('/*', { config: { permission: 'public' }, schema }, (request, reply) => {
    const path = request.params['*'];
    if (path.startsWith('api/') || !files.has('index.html')) throw new AppError('not-found');
    if (path.startsWith('assets/')) {
      if (!existsSync(join(folder, 'assets', path.slice('assets/'.length)))) {
        throw new AppError('not-found');
      }
      return reply.sendFile(path, { maxAge: YEAR_MS, immutable: true });
    }
    const file = files.has(path) && path.includes('.') ? path : 'index.html';
    return reply.header('cache-control', 'no-cache').sendFile(file, { cacheControl: false });
  });
}
