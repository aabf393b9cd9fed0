import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { takeOver, useDesk } from '../net/desk-store.ts';
import { useMissingYears } from '../net/leading.ts';
import { useLine, useStorage } from '../net/socket.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { common } from '../text/common.ts';
import { useWords } from '../text/language.ts';
import { words } from '../text/words.ts';

const text = words(
  {
    other: '您的座席正在另一个窗口中使用，话机在那边。此处只能查看。',
    takeOver: '在此接管',
    low: '服务器磁盘空间不足：',
    lowHelp: '通话照常，新的通话暂不录音。请通知系统管理员。',
    full: '服务器磁盘已满：',
    fullHelp: '通话照常；备注与设置暂时无法保存，通话记录暂存内存。请立即通知系统管理员。',
    busy: '服务器数据库暂时无法写入：',
    busyHelp:
      '通话与录音照常；备注与设置请稍后再保存，通话记录暂存内存。若持续出现，请通知系统管理员。',
    missing: (years: string) => `${years} 年工作日历尚未导入：`,
    missingHelp: '跨年时限按周末推算，可能与调休不符。',
    import: '去导入',
  },
  {
    other: 'Your seat is in use in another tab, and so is its phone. Here you can only look.',
    takeOver: 'Take over here',
    low: 'The server is short of disk space:',
    lowHelp: 'calls go on, new conversations are not recorded. Tell the administrator.',
    busy: 'The database of the server cannot be written just now:',
    busyHelp:
      'calls and recordings go on; save notes and settings again in a moment, records of calls wait in memory. Tell the administrator if it lasts.',
    full: 'The disk of the server is full:',
    fullHelp:
      'calls go on; notes and settings cannot be saved, records of calls wait in memory. Tell the administrator at once.',
    missing: (years: string) => `The calendar of ${years} is missing:`,
    missingHelp: 'limits into it take every weekend as off.',
    import: 'Import it',
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

/** The disk fills up: what still works and what does not, for everybody. */
export function StorageNotice() {
  const t = useWords(text);
  const state = useStorage((s) => s.state);
  if (state === 'ok') return null;
  const what = { low: t.low, full: t.full, busy: t.busy }[state];
  const help = { low: t.lowHelp, full: t.fullHelp, busy: t.busyHelp }[state];
  return (
    <div className="notice" role="status">
      <StateMark mark="alert" />
      <span>
        <b>{what}</b>　{help}
      </span>
    </div>
  );
}

/** A calendar of working days is missed: those who can mend it know it on every page. */
export function CalendarNotice() {
  const t = useWords(text);
  const years = useMissingYears().data?.missingYears ?? [];
  if (years.length === 0) return null;
  return (
    <div className="notice" role="status">
      <StateMark mark="alert" />
      <span className="notice-text">
        <b>{t.missing(years.join('、'))}</b>　{t.missingHelp}
      </span>
      <Link to="/order-settings" search={{ part: 'calendars' }}>
        {t.import}
      </Link>
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
