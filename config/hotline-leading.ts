import { z } from 'zod';
import { id, outcome, type Problem, text } from './hotline-words.ts';

/** What shift leaders go by: when to be alarmed, who may rest, what an emergency changes. */

const limitMs = z.int().min(5_000).max(14_400_000).nullable();

/** From when on a shift leader is told; null = never. */
export const alertLimits = z
  .strictObject({
    /** The longest waiting caller. */
    waitMs: limitMs.default(60_000),
    talkMs: limitMs.default(900_000),
    wrapUpMs: limitMs.default(180_000),
    /** Somebody to be called back, from the wish on. */
    callBackMs: z.int().min(60_000).max(86_400_000).nullable().default(1_800_000),
  })
  .prefault({});
export type AlertLimits = z.infer<typeof alertLimits>;

/** Rest that needs approval (小休审批). */
export const restRules = z
  .strictObject({
    /** Codes of `notReadyReasons` an agent must ask for; empty = agents rest as they like. */
    reasons: z.array(id).max(30).default([]),
    /** So many seats of the whole floor may rest with approval at a time; null = no limit. */
    quota: z.int().min(0).max(10_000).nullable().default(null),
    /** A request nobody decided for so long is refused. */
    refuseAfterMs: z.int().min(30_000).max(3_600_000).default(300_000),
  })
  .prefault({});

const queueChange = z.strictObject({
  priority: z.int().min(0).max(10).optional(),
  /** Other opening hours; null = always open. */
  hours: id.nullable().optional(),
  wrapUpMs: z.int().min(0).max(3_600_000).optional(),
  announceEveryMs: z.int().min(0).max(600_000).optional(),
  maxWaiting: z.int().min(1).max(10_000).nullable().optional(),
  onClosed: outcome.optional(),
  onFull: outcome.optional(),
});
export type EmergencyQueueChange = z.infer<typeof queueChange>;

/** A prepared set of changes (应急模式): switched on as a whole, and taken back as a whole. */
export const emergencyProfile = z.strictObject({
  id,
  name: text,
  /** Said at every entry before its own greeting. */
  greeting: z.array(id).max(5).default([]),
  /** An urgent notice at every desk and on the wall while it lasts. */
  notice: z.string().min(1).max(500).nullable().default(null),
  /** Id of a saved plan of seats. */
  planId: z.string().max(40).nullable().default(null),
  /** What is different in which queue. */
  queues: z.record(id, queueChange).default({}),
});
export type EmergencyProfile = z.infer<typeof emergencyProfile>;

interface Document {
  queues: readonly { id: string }[];
  hours: readonly { id: string }[];
  notReadyReasons: readonly { code: string }[];
  rest: z.infer<typeof restRules>;
  emergencyProfiles: readonly EmergencyProfile[];
}

/** Reasons that need approval and are no reasons. */
export function restProblems({ rest, notReadyReasons }: Document): Problem[] {
  const codes = new Set(notReadyReasons.map(({ code }) => code));
  return rest.reasons.flatMap((code, at) =>
    codes.has(code) ? [] : [{ message: `no reason "${code}"`, path: ['rest', 'reasons', at] }],
  );
}

/** Profiles that stand twice, and queues and hours they name that are not there. */
export function profileProblems({ queues, hours, emergencyProfiles }: Document): Problem[] {
  const queueIds = new Set(queues.map((queue) => queue.id));
  const hourIds = new Set(hours.map((one) => one.id));
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [at, profile] of emergencyProfiles.entries()) {
    if (seen.has(profile.id)) {
      problems.push({ message: `"${profile.id}" stands twice`, path: ['emergencyProfiles', at] });
    }
    seen.add(profile.id);
    for (const [queueId, change] of Object.entries(profile.queues)) {
      const path = ['emergencyProfiles', at, 'queues', queueId];
      const need = (wanted: string, isThere: boolean, ...field: string[]) => {
        if (!isThere) problems.push({ message: `no ${wanted}`, path: [...path, ...field] });
      };
      need(`queue "${queueId}"`, queueIds.has(queueId));
      if (typeof change.hours === 'string') {
        need(`hours "${change.hours}"`, hourIds.has(change.hours), 'hours');
      }
      for (const field of ['onClosed', 'onFull'] as const) {
        const chosen = change[field];
        if (chosen?.do !== 'queue') continue;
        need(`queue "${chosen.queue}"`, queueIds.has(chosen.queue), field);
        need('way into itself', chosen.queue !== queueId, field);
      }
    }
  }
  return problems;
}
