import { useQuery } from '@tanstack/react-query';
import type { ExpertChoice, Targets } from '../../../src/seats/schema.ts';
import { get } from '../net/api.ts';
import { useDesk } from '../net/desk-store.ts';
import { common } from '../text/common.ts';
import { shortClock } from '../text/format.ts';
import { useLanguage, useWords } from '../text/language.ts';
import { useNames } from '../text/names.ts';
import { atHandText } from './at-hand-text.ts';
import { talkText } from './talk-text.ts';
import type { Intent, Target } from './target-list.ts';

/** How often an open chooser looks again who is free, milliseconds. */
const freshMs = 2_000;

function useSeatsAndQueues(wanted: boolean, refetchInterval: number | false) {
  return useQuery({
    queryKey: ['desk-targets'],
    enabled: wanted,
    staleTime: freshMs,
    refetchInterval,
    queryFn: () => get<Targets>('/desk/targets'),
  });
}

/** Who sits at a seat: `8021 王敏`. The seat's number alone until that is known. */
export function useWhoAt(seatId: string | null): string {
  const { data } = useSeatsAndQueues(seatId !== null, false);
  const name = data?.seats.find((seat) => seat.seatId === seatId)?.agentName ?? '';
  return `${seatId ?? ''} ${name}`.trim();
}

/** Everybody the agent may choose for this intent, as they are now. */
export function useTargets(intent: Intent): { targets: Target[]; isKnown: boolean } {
  const { data } = useSeatsAndQueues(true, freshMs);
  const own = useDesk((s) => s.desk?.seatId);
  const queueId = useDesk((s) => s.pop?.queueId ?? '');
  const names = useNames();
  const lang = useLanguage((s) => s.lang);
  const c = useWords(common);
  const t = useWords(talkText);
  const seats = (data?.seats ?? [])
    .filter((seat) => seat.seatId !== own)
    .map(({ seatId, agentName, state, queueIds, find }): Target => {
      const isFree = state === 'ready';
      const queues = queueIds.slice(0, 2).map((id) => names.queue(id));
      return {
        kind: 'seat',
        id: seatId,
        mark: state,
        code: seatId,
        label: agentName,
        detail: [...(isFree ? [] : [c.state[state]]), ...queues].join(' · '),
        isFree,
        isNear: queueIds.includes(queueId),
        find,
        verb: intent,
        body: { seatId },
      };
    });
  const queues = (intent === 'transfer' ? (data?.queues ?? []) : []).map(
    (queue): Target => ({
      kind: 'queue',
      id: queue.queueId,
      mark: null,
      code: names.queueCode(queue.queueId),
      label: names.queue(queue.queueId),
      detail: t.queueNow(queue.waiting, queue.ready),
      isFree: true,
      isNear: false,
      find: queue.find,
      verb: intent,
      body: { queueId: queue.queueId },
    }),
  );
  const emergency = (names.hotline?.emergency ?? []).map(
    ({ code, number, name }): Target => ({
      kind: 'emergency',
      id: number,
      mark: 'alert',
      code: number,
      label: name[lang],
      detail: '',
      isFree: true,
      isNear: false,
      find: code,
      verb: intent,
      body: intent === 'conference' ? { emergency: code } : { number },
    }),
  );
  const atHand = useAtHand(intent);
  return { targets: [...atHand, ...seats, ...queues, ...emergency], isKnown: data !== undefined };
}

const nothing = {
  mark: null,
  code: '',
  detail: '',
  isFree: true,
  isNear: false,
  find: '',
} as const;

/** Experts on duty, a shift leader, and the services a caller can be sent to and come back from. */
function useAtHand(intent: Intent): Target[] {
  const { data } = useQuery({
    queryKey: ['desk-experts'],
    staleTime: freshMs,
    refetchInterval: freshMs,
    queryFn: () => get<{ rows: ExpertChoice[] }>('/desk/experts').then((reply) => reply.rows),
  });
  const t = useWords(atHandText);
  const { hotline } = useNames();
  const lang = useLanguage((s) => s.lang);
  const experts = (data ?? []).map(
    ({ id, name, skill, onDuty, reachable, find }): Target => ({
      ...nothing,
      kind: 'expert',
      id,
      mark: reachable ? 'ready' : 'offline',
      label: name,
      detail: [
        onDuty ? t.onDuty(onDuty.who, shortClock(onDuty.until)) : t.offDuty,
        ...(onDuty && !reachable ? [t.busy] : []),
      ].join(' · '),
      isFree: reachable,
      find: `${find} ${skill} ${onDuty?.who ?? ''}`,
      verb: intent,
      body: { expertId: id },
    }),
  );
  const services = (hotline?.selfServices ?? []).map(
    ({ id, name }): Target => ({
      ...nothing,
      kind: 'service',
      id,
      label: name[lang],
      detail: t.service,
      verb: 'self-service',
      body: { service: id },
    }),
  );
  const isHeld = intent === 'consult';
  const help: Target = {
    ...nothing,
    kind: 'leader',
    id: 'leader',
    mark: 'ringing',
    label: t.help,
    detail: t.helpHelp(isHeld),
    find: 'qiuzhu qz banzhang bz help',
    verb: 'help',
    body: { hold: isHeld },
  };
  return intent === 'transfer' ? [...experts, ...services] : [help, ...experts];
}
