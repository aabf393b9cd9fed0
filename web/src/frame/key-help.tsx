import { useWords } from '../text/language.ts';
import { words } from '../text/words.ts';
import { Overlay } from './overlay.tsx';

const text = words(
  {
    title: '键盘操作',
    rows: [
      ['F2', '接听'],
      ['F3', '静音 / 取消静音'],
      ['F4', '保持 / 恢复'],
      ['F6', '咨询；已有第三方时：取消或结束，回到来电人'],
      ['F7', '转接；已有第三方时：转交并退出'],
      ['F10', '三方；咨询中：让来电人加入；空闲时：外呼'],
      ['Shift+F6', '求助班长（来电人听音乐）'],
      ['Shift+F7', '拨号键盘：通话中发送按键'],
      ['Shift+F1 … F3', '一键 110 / 119 / 120 加入通话'],
      ['F8', '挂机，来电人转入评价；旁听时结束旁听'],
      ['F9', '就绪 / 示忙'],
      ['Alt+G', '为本次通话登记工单'],
      ['Ctrl+Enter', '提交记录；整理中提交即结束整理'],
      ['Alt+1 … 9', '前往左栏第几项'],
      ['Ctrl+K', '搜索与跳转'],
      ['↑ ↓ Enter', '在列表中移动与打开'],
      ['Esc', '收起；不会丢失已填内容'],
      ['F6 F7 F10', '班长旁听中：旁听 / 耳语 / 强插；F2 拦截'],
      ['?', '本页'],
    ],
  },
  {
    title: 'Keys',
    rows: [
      ['F2', 'Answer'],
      ['F3', 'Mute / unmute'],
      ['F4', 'Hold / resume'],
      ['F6', 'Consult; with somebody there: back to the caller alone'],
      ['F7', 'Transfer; with somebody there: leave the caller to them'],
      ['F10', 'Three-way; in a consultation: let the caller in; between calls: call out'],
      ['Shift+F6', 'Ask a shift leader; the caller hears music'],
      ['Shift+F7', 'Keypad: send keys into the talk'],
      ['Shift+F1 … F3', '110 / 119 / 120 into the talk'],
      ['F8', 'Hang up; the caller goes to the rating; ends listening'],
      ['F9', 'Ready / not ready'],
      ['Alt+G', 'Write a work order for this call'],
      ['Ctrl+Enter', 'Submit the note; in wrap-up this also ends it'],
      ['Alt+1 … 9', 'Go to a place of the rail'],
      ['Ctrl+K', 'Search and jump'],
      ['↑ ↓ Enter', 'Move and open in lists'],
      ['Esc', 'Close; nothing typed is lost'],
      ['F6 F7 F10', 'Leader with a talk: listen, whisper, barge in; F2 takes over'],
      ['?', 'This page'],
    ],
  },
);

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useWords(text);
  return (
    <Overlay label={t.title} onClose={onClose}>
      <div className="keys-help" tabIndex={0} role="group" aria-label={t.title}>
        <h2>{t.title}</h2>
        <dl>
          {t.rows.map(([key, meaning]) => (
            <div key={meaning} style={{ display: 'contents' }}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Overlay>
  );
}
