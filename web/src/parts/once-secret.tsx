import Button from 'antd/es/button';
import { useWords } from '../text/language.ts';
import { words } from '../text/words.ts';
import { toast } from './toasts.tsx';

const text = words({ copy: '复制', copied: '已复制' }, { copy: 'Copy', copied: 'Copied' });

/** Something that is shown once and kept nowhere in clear. */
export function OnceSecret(props: { title: string; help: string; lines: [string, string][] }) {
  const t = useWords(text);
  const all = props.lines.map(([name, value]) => (name ? `${name}: ${value}` : value)).join('\n');
  return (
    <div className="once" role="status">
      <p className="once-title">{props.title}</p>
      {props.lines.map(([name, value]) => (
        <p key={name} className="once-line">
          {name && <span>{name}</span>}
          <code>{value}</code>
        </p>
      ))}
      <p className="faint">{props.help}</p>
      <Button
        size="small"
        onClick={() => void navigator.clipboard.writeText(all).then(() => toast(t.copied))}
      >
        {t.copy}
      </Button>
    </div>
  );
}
