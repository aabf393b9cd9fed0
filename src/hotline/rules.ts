import type { z } from 'zod';
import { type Hotline, hotlineSchema } from '../../config/hotline.ts';
import type { FieldProblem } from '../kit/errors.ts';

/** Everything wrong with a hotline document, by RFC 6901 pointer; empty when it may be used. */
export function problemsOf(document: unknown, hasPrompt: (id: string) => boolean): FieldProblem[] {
  const checked = hotlineSchema.safeParse(document);
  if (checked.success) return missingPrompts(checked.data, hasPrompt);
  return checked.error.issues.map(({ path, message }) => ({ pointer: pointerOf(path), message }));
}

/** Prompts the document names that nobody recorded and no machine speaks. */
export function missingPrompts(
  hotline: Hotline,
  hasPrompt: (id: string) => boolean,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const need = (id: string, ...path: (string | number)[]): void => {
    if (!hasPrompt(id)) problems.push({ pointer: pointerOf(path), message: `no prompt "${id}"` });
  };
  for (const [at, entry] of hotline.entries.entries()) {
    for (const [n, id] of entry.greeting.entries()) need(id, 'entries', at, 'greeting', n);
  }
  for (const [at, profile] of hotline.emergencyProfiles.entries()) {
    const path = ['emergencyProfiles', at] as const;
    for (const [n, id] of profile.greeting.entries()) need(id, ...path, 'greeting', n);
    for (const [queueId, change] of Object.entries(profile.queues)) {
      for (const field of ['onClosed', 'onFull'] as const) {
        const outcome = change[field];
        if (outcome?.do === 'message') need(outcome.prompt, ...path, 'queues', queueId, field);
      }
    }
  }
  for (const [at, service] of hotline.selfServices.entries()) {
    for (const [n, id] of service.prompts.entries()) need(id, 'selfServices', at, 'prompts', n);
  }
  for (const [at, menu] of hotline.menus.entries()) need(menu.prompt, 'menus', at, 'prompt');
  for (const [at, queue] of hotline.queues.entries()) {
    for (const field of ['onClosed', 'onNobody', 'onFull', 'onTooLong'] as const) {
      const outcome = queue[field];
      if (outcome.do === 'message') need(outcome.prompt, 'queues', at, field, 'prompt');
    }
  }
  return problems;
}

function pointerOf(path: z.core.$ZodIssue['path']): string {
  const steps = path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'));
  return steps.map((step) => `/${step}`).join('');
}
