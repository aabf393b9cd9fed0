import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../kit/errors.ts';
import { projectRoot } from '../kit/root.ts';
import { SIMULATED_CALLS } from './answer.ts';
import { type StaffNews, type StaffQuestion, type StaffTask, staffNewsSchema } from './schema.ts';

/** Answers how many seats a demand needs, without holding up the loop that serves calls. */
export interface Staffing {
  /**
   * Simulates in a thread of its own; each number of seats is told when it is done, the answer last.
   * Giving up reading ends the thread.
   *
   * @throws AppError `conflict` while it answers somebody else: one spare core is all there may be
   */
  ask(question: StaffQuestion): AsyncGenerator<StaffNews, void, void>;
}

/** Opens the thread. Built it runs as it is; from the sources it first needs what reads them. */
function openThread(workerData: StaffTask): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(join(projectRoot, 'dist/src/staffing/thread.js'), { workerData });
  }
  const { href } = new URL('./thread.ts', import.meta.url);
  const code = `import('tsx/esm/api').then(({ register }) => {
    register();
    return import('${href}');
  });`;
  return new Worker(code, { eval: true, workerData, execArgv: [] });
}

/** @param calls simulated for each number of seats */
export function createStaffing(calls = SIMULATED_CALLS): Staffing {
  let isBusy = false;

  async function* answering(question: StaffQuestion) {
    const thread = openThread({ asked: question, calls });
    try {
      for await (const news of saidBy(thread)) {
        yield news;
        if ('answer' in news) return;
      }
    } finally {
      isBusy = false;
      await thread.terminate();
    }
  }

  return {
    ask(question) {
      if (isBusy) throw new AppError('conflict', { what: '正在为他人测算 / a simulation runs' });
      isBusy = true;
      return answering(question);
    },
  };
}

/** What a thread says until it ends. @throws what it threw */
async function* saidBy(thread: Worker): AsyncGenerator<StaffNews, void, void> {
  const waiting: StaffNews[] = [];
  let failure: Error | null = null;
  let isOver = false;
  let wake = () => {};
  thread.on('message', (message) => {
    waiting.push(staffNewsSchema.parse(message));
    wake();
  });
  thread.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  thread.on('exit', () => {
    isOver = true;
    wake();
  });
  for (;;) {
    yield* waiting.splice(0);
    if (failure !== null) throw failure;
    if (isOver) return;
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (waiting.length > 0 || isOver) resolve();
    });
  }
}
