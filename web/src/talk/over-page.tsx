import { useDesk } from '../net/desk-store.ts';
import { DialDialog } from './dial-dialog.tsx';
import { Keypad } from './keypad.tsx';
import { closeOver, useOver } from './talk-store.ts';
import { TargetChooser } from './target-chooser.tsx';

/** The dialog the agent opened, while there is something to open it for. */
export function OverPage() {
  const over = useOver((s) => s.over);
  const state = useDesk((s) => s.desk?.state);
  const inCall = state === 'talking' || state === 'hold';
  if (over === null || state === undefined) return null;
  if (over === 'dial') return inCall ? null : <DialDialog onClose={closeOver} />;
  if (!inCall) return null;
  if (over === 'keypad') return <Keypad onClose={closeOver} />;
  return <TargetChooser intent={over} onClose={closeOver} />;
}
