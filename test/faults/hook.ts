/**
 * Runs `work` with a piece of JavaScript that every Node process started meanwhile, the server above
 * all, runs before its own: the server itself has no doors for tests.
 */
export async function withHook<T>(source: string, work: () => Promise<T>): Promise<T> {
  const usual = process.env['NODE_OPTIONS'];
  const main = `import { isMainThread } from 'node:worker_threads'; if (isMainThread) { ${source} }`;
  const hook = `--import=data:text/javascript;base64,${Buffer.from(main).toString('base64')}`;
  process.env['NODE_OPTIONS'] = [usual, hook].filter(Boolean).join(' ');
  try {
    return await work();
  } finally {
    if (usual === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = usual;
  }
}
