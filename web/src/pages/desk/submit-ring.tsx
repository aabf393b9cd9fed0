import Button from 'antd/es/button';
import type { Desk } from '../../../../src/seats/schema.ts';
import { useNow } from '../../net/server-time.ts';
import { useWords } from '../../text/language.ts';
import { deskText } from './desk-text.ts';
import { wrapUpLeft } from './draft.ts';

/** The submit button; in wrap-up a line runs out around it. */
export function SubmitRing(props: { desk: Desk; disabled: boolean; onSubmit: () => void }) {
  const t = useWords(deskText);
  const { desk } = props;
  const now = useNow();
  const wrapUp = desk.state === 'wrap-up';
  const left = wrapUp ? wrapUpLeft(desk.since, desk.until, now) : null;
  const seconds = Math.max(0, Math.ceil(((desk.until ?? now) - now) / 1000));
  return (
    <span className="submit-ring" data-late={left !== null && seconds <= 10}>
      {left !== null && (
        <svg aria-hidden="true">
          <rect pathLength="100" rx="9" />
          <rect
            pathLength="100"
            rx="9"
            className="submit-left"
            strokeDasharray={`${left * 100} 100`}
          />
        </svg>
      )}
      <Button type="primary" disabled={props.disabled} onClick={props.onSubmit}>
        {wrapUp ? t.submitAndFinish : t.submit}
        {left !== null && <b className="num">{seconds}s</b>}
        <kbd>Ctrl Enter</kbd>
      </Button>
    </span>
  );
}
