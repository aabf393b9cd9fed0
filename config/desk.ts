import { z } from 'zod';
import { id, text } from './hotline-words.ts';

/** What agents have at hand beside the call itself; parts of the hotline document. */

const key = z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']);

/** A word an agent can put on a call; offered in the queues named, or everywhere. */
export const tag = z.strictObject({
  code: id,
  name: text,
  queues: z.array(id).max(200).default([]),
});

/**
 * Where an agent can send a caller in the middle of a talk: prompts, then a choice by key, or digits
 * to type. Afterwards the caller is back with the same agent.
 */
export const selfService = z.strictObject({
  id,
  name: text,
  prompts: z.array(id).min(1).max(20),
  /** Keys that mean something here. */
  choices: z.partialRecord(key, text).default({}),
  /** How many digits the caller types, `#` ends them earlier; 0 = none. Stored nowhere. */
  digits: z.int().min(0).max(32).default(0),
  /** How long the caller may think before the first key, and between two. */
  timeoutMs: z.int().min(2_000).max(60_000).default(8_000),
  /** Whatever the caller does, after this long they are back. */
  limitMs: z.int().min(5_000).max(600_000).default(120_000),
});
export type SelfServiceConfig = z.infer<typeof selfService>;

/** Whom the key for help rings: these seats in order, otherwise any shift leader who has no call. */
export const help = z
  .strictObject({ seats: z.array(z.string().regex(/^[0-9]{3,6}$/)).max(20) })
  .default({ seats: [] });

interface AtHand {
  queues: readonly { id: string }[];
  tags: readonly z.infer<typeof tag>[];
  selfServices: readonly SelfServiceConfig[];
}

/** What these parts say about others that are not there, or say twice. */
export function deskProblems({ queues, tags, selfServices }: AtHand) {
  const problems: { message: string; path: (string | number)[] }[] = [];
  const known = new Set(queues.map((queue) => queue.id));
  tags.forEach(({ queues: offeredIn }, at) => {
    for (const queueId of offeredIn) {
      if (known.has(queueId)) continue;
      problems.push({ message: `no queue "${queueId}"`, path: ['tags', at, 'queues'] });
    }
  });
  const twice = (names: string[], where: string) => {
    for (const name of names.filter((each, at) => names.indexOf(each) !== at)) {
      problems.push({ message: `"${name}" stands twice`, path: [where] });
    }
  };
  twice(
    tags.map(({ code }) => code),
    'tags',
  );
  twice(
    selfServices.map((service) => service.id),
    'selfServices',
  );
  return problems;
}
