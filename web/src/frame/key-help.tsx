import { useWords } from '../text/language.ts';
import { words } from '../text/words.ts';
import { Overlay } from './overlay.tsx';

const text = words(
  {
    title: '键盘操作',
    rows: [
      ['F2', '接听'],
      ['F4', '保持 / 恢复'],
      ['F8', '挂机，来电人转入评价'],
      ['F9', '就绪 / 示忙'],
      ['Ctrl+Enter', '提交记录；整理中提交即结束整理'],
      ['Alt+1 … 9', '前往左栏第几项'],
      ['Ctrl+K', '搜索与跳转'],
      ['↑ ↓ Enter', '在列表中移动与打开'],
      ['Esc', '收起；不会丢失已填内容'],
      ['?', '本页'],
    ],
  },
  {
    title: 'Keys',
    rows: [
      ['F2', 'Answer'],
      ['F4', 'Hold / resume'],
      ['F8', 'Hang up; the caller goes to the rating'],
      ['F9', 'Ready / not ready'],
      ['Ctrl+Enter', 'Submit the note; in wrap-up this also ends it'],
      ['Alt+1 … 9', 'Go to a place of the rail'],
      ['Ctrl+K', 'Search and jump'],
      ['↑ ↓ Enter', 'Move and open in lists'],
      ['Esc', 'Close; nothing typed is lost'],
      ['?', 'This page'],
    ],
  },
);

export function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useWords(text);
  return (
    <Overlay label={t.title} onClose={onClose}>
      <div className="keys-help">
        <h2>{t.title}</h2>
        <dl>
          {t.rows.map(([key, meaning]) => (
            <div key={key} style={{ display: 'contents' }}>
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
