import Button from 'antd/es/button';
import Dropdown from 'antd/es/dropdown';
import type { Desk } from '../../../src/seats/schema.ts';
import { Icon } from '../parts/icons.tsx';
import { usePhone } from '../phone/phone-store.ts';
import { atHandText } from '../talk/at-hand-text.ts';
import { openOver } from '../talk/talk-store.ts';
import { talkText } from '../talk/talk-text.ts';
import type { Intent } from '../talk/target-list.ts';
import { useWords } from '../text/language.ts';
import { stripText } from './strip-text.ts';
import type { Verbs } from './use-verbs.ts';

interface Props {
  desk: Desk;
  verbs: Verbs;
}

const intents: readonly [Intent, string][] = [
  ['consult', 'F6'],
  ['transfer', 'F7'],
  ['conference', 'F10'],
];

/** From the ring to the wrap-up. With somebody asked in, the ways on stand in the band below. */
export function CallControls({ desk, verbs }: Props) {
  const t = useWords(stripText);
  const atHand = useWords(atHandText);
  const { state } = desk;
  if (desk.dialling) {
    return (
      <Button danger onClick={verbs.hangUp}>
        {atHand.giveUp} <kbd>F8</kbd>
      </Button>
    );
  }
  if (state === 'ringing') {
    if (desk.phone !== 'browser') return <span className="strip-hint">{t.answerOnPhone}</span>;
    return (
      <Button type="primary" className="strip-answer" onClick={verbs.answer}>
        {t.answer} <kbd>F2</kbd>
      </Button>
    );
  }
  if (state === 'wrap-up') return <Button onClick={verbs.extend}>{t.extend}</Button>;
  if (!verbs.inCall) return null;
  if (desk.isGuest) return <MuteButton desk={desk} verbs={verbs} />;
  return <TalkControls desk={desk} verbs={verbs} />;
}

function TalkControls({ desk, verbs }: Props) {
  const t = useWords(stripText);
  const talk = useWords(talkText);
  return (
    <>
      <Button onClick={verbs.holdOrResume}>
        {desk.state === 'hold' ? t.resume : t.hold} <kbd>F4</kbd>
      </Button>
      <MuteButton desk={desk} verbs={verbs} />
      {verbs.canAsk &&
        intents.map(([intent, key]) => (
          <Button key={intent} onClick={() => openOver(intent)}>
            {talk[intent]} <kbd>{key}</kbd>
          </Button>
        ))}
      <Button danger title={desk.party?.isIn ? t.leaveHelp : t.hangUpHelp} onClick={verbs.hangUp}>
        {t.hangUp} <kbd>F8</kbd>
      </Button>
      <MoreMenu verbs={verbs} />
    </>
  );
}

function MuteButton({ desk, verbs }: Props) {
  const t = useWords(stripText);
  const muted = usePhone((s) => s.muted);
  const inPhoneCall = usePhone((s) => s.inCall);
  if (desk.phone === 'browser' && !inPhoneCall) return null;
  return (
    <Button
      className="strip-mute"
      aria-pressed={muted}
      aria-label={muted ? t.unmute : t.mute}
      title={muted ? t.unmute : t.mute}
      icon={<Icon name={muted ? 'mute' : 'microphone'} size={16} />}
      onClick={verbs.mute}
    >
      <kbd>F3</kbd>
    </Button>
  );
}

/** What is not needed in every call; each has its key, too. */
function MoreMenu({ verbs }: { verbs: Verbs }) {
  const t = useWords(stripText);
  const atHand = useWords(atHandText);
  const withKey = (label: string, key: string) => (
    <span className="strip-menu-line">
      {label} <kbd>{key}</kbd>
    </span>
  );
  const acts = [
    ...(verbs.canAsk
      ? [...verbs.emergency, { code: 'help', key: 'Shift+F6', label: atHand.help, run: verbs.help }]
      : []),
    { code: 'keypad', key: 'Shift+F7', label: atHand.keypad, run: () => openOver('keypad') },
    { code: 'release', key: '', label: t.release, run: verbs.release },
  ];
  const items = acts.map(({ code, key, label }) => ({
    key: code,
    danger: code === 'release',
    label: key === '' ? label : withKey(label, key),
  }));
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items, onClick: ({ key }) => acts.find(({ code }) => code === key)?.run() }}
    >
      <Button aria-label={t.more} icon={<Icon name="more" size={16} />} />
    </Dropdown>
  );
}
