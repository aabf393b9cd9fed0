import Button from 'antd/es/button';
import { takeOver, useDesk } from '../net/desk-store.ts';
import { useLine } from '../net/socket.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { common } from '../text/common.ts';
import { useWords } from '../text/language.ts';
import { words } from '../text/words.ts';

const text = words(
  {
    other: '您的座席正在另一个窗口中使用，话机在那边。此处只能查看。',
    takeOver: '在此接管',
  },
  {
    other: 'Your seat is in use in another tab, and so is its phone. Here you can only look.',
    takeOver: 'Take over here',
  },
);

/** The connection is down: said once, plainly, with what happens next. */
export function LineNotice() {
  const t = useWords(common);
  const down = useLine((s) => s.everConnected && !s.connected);
  if (!down) return null;
  return (
    <div className="notice" role="status">
      <StateMark mark="alert" />
      <span>
        <b>{t.offline}</b>　{t.offlineHelp}
      </span>
    </div>
  );
}

/** A second tab only looks on until the agent says otherwise. */
export function OtherTabNotice() {
  const t = useWords(text);
  const elsewhere = useDesk((s) => s.desk !== null && !s.held);
  if (!elsewhere) return null;
  return (
    <div className="notice" role="status">
      <StateMark mark="offline" />
      <span>{t.other}</span>
      <Button size="small" onClick={takeOver}>
        {t.takeOver}
      </Button>
    </div>
  );
}
