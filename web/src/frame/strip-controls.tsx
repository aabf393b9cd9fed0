import Button from 'antd/es/button';
import Dropdown from 'antd/es/dropdown';
import type { Desk } from '../../../src/seats/schema.ts';
import { useDesk } from '../net/desk-store.ts';
import { atHandText } from '../talk/at-hand-text.ts';
import { openOver } from '../talk/talk-store.ts';
import { useWords } from '../text/language.ts';
import { useNames } from '../text/names.ts';
import { CallControls } from './call-controls.tsx';
import { stripText } from './strip-text.ts';
import { useVerbs, type Verbs } from './use-verbs.ts';

/** The controls that make sense in the present state, and no others. */
export function StripControls({ desk }: { desk: Desk }) {
  const verbs = useVerbs(desk);
  const t = useWords(atHandText);
  const held = useDesk((s) => s.held);
  if (!held) return null;
  return (
    <div className="strip-controls">
      <CallControls desk={desk} verbs={verbs} />
      {!desk.monitoring && <ReadyControls desk={desk} verbs={verbs} />}
      {verbs.isIdle && (
        <Button onClick={() => openOver('dial')}>
          {t.dial} <kbd>F10</kbd>
        </Button>
      )}
    </div>
  );
}

function ReadyControls({ desk, verbs }: { desk: Desk; verbs: Verbs }) {
  const t = useWords(stripText);
  const willRest = desk.notReadyNext !== null;
  return (
    <>
      {(desk.state === 'not-ready' || (desk.state === 'wrap-up' && willRest)) && (
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
      {verbs.inCall && willRest && (
        <Button onClick={verbs.ready}>
          {t.readyAfter} <kbd>F9</kbd>
        </Button>
      )}
    </>
  );
}

function ReasonMenu({ label, onPick }: { label: string; onPick: (code: string) => void }) {
  const t = useWords(stripText);
  const names = useNames();
  const items = (names.hotline?.notReadyReasons ?? []).map((reason) => ({
    key: reason.code,
    label: names.hotline?.rest.reasons.includes(reason.code)
      ? t.toBeApproved(names.reason(reason.code))
      : names.reason(reason.code),
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => onPick(key) }}>
      <Button>
        {label} <kbd>F9</kbd>
      </Button>
    </Dropdown>
  );
}
