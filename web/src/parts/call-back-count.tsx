import { useWords } from '../text/language.ts';
import { words } from '../text/words.ts';
import { Icon } from './icons.tsx';
import './call-back-count.css';

const text = words(
  { count: (n: number) => `另有 ${n} 人保留排位、等待回拨` },
  { count: (n: number) => `${n} more keep their place and are called back` },
);

/** How many of a queue hung up and keep their place, beside those on the line; nothing for none. */
export function CallBackCount({ count }: { count: number }) {
  const t = useWords(text);
  if (count === 0) return null;
  return (
    <span
      className="call-back-count num"
      role="img"
      aria-label={t.count(count)}
      title={t.count(count)}
    >
      <Icon name="call-backs" size={14} />
      {count}
    </span>
  );
}
