import { useMemo } from 'react';
import type { Hotline } from '../../../config/hotline.ts';
import { useHotline, usePeopleNames } from '../net/queries.ts';
import { choiceWords } from './choice.ts';
import { common } from './common.ts';
import { useLanguage } from './language.ts';
import type { Lang } from './words.ts';

/** Turns ids into the names people use; an unknown id stays itself. */
export interface Names {
  queue(id: string | null): string;
  /** Short code of a queue, e.g. Q01. */
  queueCode(id: string | null): string;
  entry(id: string | null): string;
  reason(code: string | null): string;
  result(code: string | null): string;
  person(id: string | null): string;
  choice(path: string | null): string;
  /** Service level of a queue, milliseconds. */
  target(queueId: string | null): number;
  hotline: Hotline | undefined;
}

export function useNames(): Names {
  const hotline = useHotline().data?.hotline;
  const people = usePeopleNames().data;
  const lang = useLanguage((s) => s.lang);
  return useMemo(() => namesOf(hotline, people ?? [], lang), [hotline, people, lang]);
}

function namesOf(
  hotline: Hotline | undefined,
  people: readonly { id: string; name: string }[],
  lang: Lang,
): Names {
  const queues = new Map(hotline?.queues.map((q) => [q.id, q]));
  const entries = new Map(hotline?.entries.map((e) => [e.id, e.name[lang]]));
  const reasons = new Map(hotline?.notReadyReasons.map((r) => [r.code, r.name[lang]]));
  const results = new Map(hotline?.resultCodes.map((r) => [r.code, r.name[lang]]));
  const persons = new Map(people.map((p) => [p.id, p.name]));
  const own = common[lang].reason;
  return {
    queue: (id) => queues.get(id ?? '')?.name[lang] ?? id ?? '',
    queueCode: (id) => queues.get(id ?? '')?.code ?? id ?? '',
    entry: (id) => entries.get(id ?? '') ?? id ?? '',
    reason: (code) => reasons.get(code ?? '') ?? own[code ?? ''] ?? code ?? '',
    result: (code) => results.get(code ?? '') ?? code ?? '',
    person: (id) => persons.get(id ?? '') ?? '',
    choice: (path) => choiceWords(hotline, path, lang),
    target: (id) => queues.get(id ?? '')?.serviceLevelMs ?? 15_000,
    hotline,
  };
}
