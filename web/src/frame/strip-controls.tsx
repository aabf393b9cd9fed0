import Button from 'antd/es/button';
import Dropdown from 'antd/es/dropdown';
import type { Desk } from '../../../src/seats/schema.ts';
import { deskDo, useDesk } from '../net/desk-store.ts';
import { Icon } from '../parts/icons.tsx';
import { useKeys } from '../parts/keys.ts';
import { useTry } from '../parts/said.tsx';
import { toast } from '../parts/toasts.tsx';
import { phoneKeeper } from '../phone/phone-keeper.ts';
import { usePhone } from '../phone/phone-store.ts';
import { useWords } from '../text/language.ts';
import { useNames } from '../text/names.ts';
import { stripText } from './strip-text.ts';

/** What the agent can do now, by hand and by key. */
function useVerbs(desk: Desk) {
  const attempt = useTry();
  const t = useWords(stripText);
  const reasons = useNames().hotline?.notReadyReasons ?? [];
  const { state } = desk;
  const inCall = state === 'talking' || state === 'hold';
  const isReady = state === 'ready' || (state !== 'not-ready' && desk.notReadyNext === null);
  const notReady = (reason: string) => attempt(() => deskDo('not-ready', { reason }));
  const ready = () => attempt(() => deskDo('ready'));
  const answer = () => {
    phoneKeeper.answer().catch(() => toast(t.microphoneHelp, { tone: 'alert', id: 'microphone' }));
  };
  const hold = () => attempt(() => deskDo('hold'));
  const resume = () => attempt(() => deskDo('resume'));
  const hangUp = () => attempt(() => deskDo('hang-up'));
  const toggle = () => {
    const first = reasons[0];
    if (!isReady) ready();
    else if (first) notReady(first.code);
  };
  useKeys({
    F2: state === 'ringing' && desk.phone === 'browser' ? answer : undefined,
    F4: inCall ? (state === 'hold' ? resume : hold) : undefined,
    F8: inCall ? hangUp : undefined,
    F9: state === 'ringing' ? undefined : toggle,
  });
  return { attempt, inCall, isReady, notReady, ready, answer, hold, resume, hangUp };
}

/** The controls that make sense in the present state, and no others. */
export function StripControls({ desk }: { desk: Desk }) {
  const t = useWords(stripText);
  const verbs = useVerbs(desk);
  const held = useDesk((s) => s.held);
  if (!held) return null;
  return (
    <div className="strip-controls">
      <CallControls desk={desk} verbs={verbs} />
      {(desk.state === 'not-ready' || (desk.state === 'wrap-up' && desk.notReadyNext !== null)) && (
        <Button type="primary" onClick={verbs.ready}>
          {t.ready} <kbd>F9</kbd>
        </Button>
      )}
      {desk.state !== 'ringing' && verbs.isReady && (
        <ReasonMenu
          label={desk.state === 'ready' ? t.notReady : t.notReadyAfter}
          onPick={verbs.notReady}
        />
      )}
      {verbs.inCall && desk.notReadyNext !== null && (
        <Button onClick={verbs.ready}>
          {t.readyAfter} <kbd>F9</kbd>
        </Button>
      )}
    </div>
  );
}

function CallControls({ desk, verbs }: { desk: Desk; verbs: ReturnType<typeof useVerbs> }) {
  const t = useWords(stripText);
  const muted = usePhone((s) => s.muted);
  const inPhoneCall = usePhone((s) => s.inCall);
  const names = useNames();
  const { state } = desk;
  const queues = (names.hotline?.queues ?? []).map((queue) => ({
    key: queue.id,
    label: `${queue.code} ${names.queue(queue.id)}`,
  }));
  if (state === 'ringing') {
    if (desk.phone === 'sip') return <span className="strip-hint">{t.answerOnPhone}</span>;
    return (
      <Button type="primary" className="strip-answer" onClick={verbs.answer}>
        {t.answer} <kbd>F2</kbd>
      </Button>
    );
  }
  if (state === 'wrap-up') {
    return (
      <Button onClick={() => verbs.attempt(() => deskDo('wrap-up/extend'))}>{t.extend}</Button>
    );
  }
  if (!verbs.inCall) return null;
  return (
    <>
      <Button onClick={state === 'hold' ? verbs.resume : verbs.hold}>
        {state === 'hold' ? t.resume : t.hold} <kbd>F4</kbd>
      </Button>
      {inPhoneCall && (
        <Button
          aria-pressed={muted}
          aria-label={muted ? t.unmute : t.mute}
          title={muted ? t.unmute : t.mute}
          icon={<Icon name={muted ? 'mute' : 'microphone'} size={16} />}
          onClick={() => phoneKeeper.mute(!muted)}
        />
      )}
      <Button danger onClick={verbs.hangUp}>
        {t.hangUp} <kbd>F8</kbd>
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'transfer', label: t.transfer, children: queues },
            { type: 'divider' },
            { key: 'release', label: t.release, danger: true },
          ],
          onClick: ({ key }) =>
            verbs.attempt(() =>
              key === 'release' ? deskDo('release') : deskDo('transfer', { queueId: key }),
            ),
        }}
      >
        <Button aria-label={t.more} icon={<Icon name="more" size={16} />} />
      </Dropdown>
    </>
  );
}

function ReasonMenu({ label, onPick }: { label: string; onPick: (code: string) => void }) {
  const names = useNames();
  const items = (names.hotline?.notReadyReasons ?? []).map((reason) => ({
    key: reason.code,
    label: names.reason(reason.code),
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => onPick(key) }}>
      <Button>
        {label} <kbd>F9</kbd>
      </Button>
    </Dropdown>
  );
}
