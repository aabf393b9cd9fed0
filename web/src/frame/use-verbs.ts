import { useEffect } from 'react';
import type { Desk } from '../../../src/seats/schema.ts';
import { deskDo } from '../net/desk-store.ts';
import { goNotReady } from '../net/leading.ts';
import { useKeys } from '../parts/keys.ts';
import { useTry } from '../parts/said.tsx';
import { toast } from '../parts/toasts.tsx';
import { phoneKeeper } from '../phone/phone-keeper.ts';
import { usePhone } from '../phone/phone-store.ts';
import { openOver } from '../talk/talk-store.ts';
import { useLanguage, useWords } from '../text/language.ts';
import { useNames } from '../text/names.ts';
import { stripText } from './strip-text.ts';

type Act = () => void;

export interface Verbs {
  inCall: boolean;
  /** Between calls, so that one can be made. */
  isIdle: boolean;
  /** Somebody else may be brought in now. */
  canAsk: boolean;
  isReady: boolean;
  answer: Act;
  holdOrResume: Act;
  hangUp: Act;
  release: Act;
  mute: Act;
  /** A shift leader into the call, the caller on hold. */
  help: Act;
  extend: Act;
  ready: Act;
  notReady: (reason: string) => void;
  /** One key: an emergency service into the talk, by its place in the hotline's list. */
  emergency: readonly { code: string; key: string; label: string; run: Act }[];
}

/** What the agent can do now, by hand and by key. */
export function useVerbs(desk: Desk): Verbs {
  const attempt = useTry();
  const t = useWords(stripText);
  const { hotline } = useNames();
  const reasons = hotline?.notReadyReasons ?? [];
  const { state, isGuest, party, dialling, selfService } = desk;
  const inCall = state === 'talking' || state === 'hold';
  const isReady = state === 'ready' || (state !== 'not-ready' && desk.notReadyNext === null);
  const act = (verb: string, body?: object) => () => attempt(() => deskDo(verb, body));
  const notReady = (reason: string) =>
    attempt(() => goNotReady(reason, hotline?.rest.reasons ?? []));
  const answer = () => {
    phoneKeeper.answer().catch(() => toast(t.microphoneHelp, { tone: 'alert', id: 'microphone' }));
  };
  const ready = act('ready');
  const first = reasons[0];
  const toggle = isReady ? () => first && notReady(first.code) : ready;
  const holdOrResume = act(state === 'hold' ? 'resume' : 'hold');
  const hangUp = act('hang-up');
  const help = act('help', { hold: true });
  const mute = useMute(desk, inCall);
  const own = inCall && !isGuest;
  const canAsk = own && !party && !selfService;
  const isIdle = (state === 'ready' || state === 'not-ready') && !desk.monitoring;
  const emergency = useEmergency(act);
  useKeys({
    F2: state === 'ringing' && !dialling && desk.phone === 'browser' ? answer : undefined,
    F3: inCall ? mute : undefined,
    F4: own ? holdOrResume : undefined,
    F8: inCall || dialling ? hangUp : undefined,
    ...(own && { 'Shift+F7': () => openOver('keypad') }),
    ...(isIdle && { F10: () => openOver('dial') }),
    F9: state === 'ringing' || desk.monitoring ? undefined : toggle,
    ...(canAsk && {
      F6: () => openOver('consult'),
      F7: () => openOver('transfer'),
      F10: () => openOver('conference'),
      'Shift+F6': help,
      ...Object.fromEntries(emergency.map(({ key, run }) => [key, run])),
    }),
  });
  return {
    inCall,
    isIdle,
    canAsk,
    isReady,
    answer,
    holdOrResume,
    hangUp,
    release: act('release'),
    mute,
    help,
    extend: act('wrap-up/extend'),
    ready,
    notReady,
    emergency,
  };
}

function useEmergency(act: (verb: string, body: object) => Act): Verbs['emergency'] {
  const { hotline } = useNames();
  const lang = useLanguage((s) => s.lang);
  const t = useWords(stripText);
  return (hotline?.emergency ?? []).map(({ code, number, name }, at) => ({
    code,
    key: `Shift+F${at + 1}`,
    label: t.inviteNow(`${number} ${name[lang]}`),
    run: act('conference', { emergency: code }),
  }));
}

/** A browser's phone mutes itself; for a phone on the desk the server stops its sound. */
function useMute({ phone }: Desk, inCall: boolean): Act {
  const attempt = useTry();
  const muted = usePhone((s) => s.muted);
  const isOwn = phone === 'browser';
  useEffect(() => {
    if (!inCall && !isOwn) usePhone.setState({ muted: false });
  }, [inCall, isOwn]);
  if (isOwn) return () => phoneKeeper.mute(!muted);
  return () =>
    attempt(async () => {
      await deskDo(muted ? 'unmute' : 'mute');
      usePhone.setState({ muted: !muted });
    });
}
