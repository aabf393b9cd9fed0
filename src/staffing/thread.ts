import { parentPort, workerData } from 'node:worker_threads';
import { questionOf, staffAnswer } from './answer.ts';
import { type StaffNews, staffTaskSchema } from './schema.ts';

// Runs beside the loop that serves calls: see `service.ts`.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
const tell = (news: StaffNews) => parentPort?.postMessage(news);
const { asked, calls } = staffTaskSchema.parse(workerData);
const question = { ...questionOf(asked), calls };
tell({ answer: staffAnswer(question, (point, done, of) => tell({ done, of, point })) });
