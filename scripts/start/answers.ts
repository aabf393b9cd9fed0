import type { ServerConfig } from '../../config/server.ts';
import { Problem } from './problem.ts';

/** The address a browser or phone on this machine uses for a server bound to `bind`. */
export function hostOf(bind: string): string {
  return bind === '0.0.0.0' || bind === '::' ? '127.0.0.1' : bind;
}

/**
 * The origin of the running server.
 * @throws Problem when it does not answer
 */
export async function assertServerAnswers(config: ServerConfig): Promise<string> {
  const origin = `http://${hostOf(config.bind)}:${config.http.port}`;
  try {
    await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(3_000) });
    return origin;
  } catch {
    throw new Problem(
      `服务器没有应答（${origin}）。请先在另一个终端运行 npm start，并使用相同的 YIHAO_ 环境变量。`,
      `The server does not answer (${origin}). Run npm start in another terminal first, with the same YIHAO_ variables.`,
    );
  }
}
