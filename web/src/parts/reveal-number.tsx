import Button from 'antd/es/button';
import Input from 'antd/es/input';
import { useState } from 'react';
import { post } from '../net/api.ts';
import { useMay } from '../net/queries.ts';
import { useWords } from '../text/language.ts';
import { words } from '../text/words.ts';
import { Icon } from './icons.tsx';
import { useTry } from './said.tsx';

const text = words(
  {
    reveal: '查看完整号码',
    why: '查看原因（记入审计）',
    show: '查看',
    cancel: '取消',
  },
  {
    reveal: 'Show the whole number',
    why: 'Reason (audited)',
    show: 'Show',
    cancel: 'Cancel',
  },
);

/** The whole number, after saying why; the act is written into the audit log. */
export function RevealNumber({ path }: { path: string }) {
  const t = useWords(text);
  const attempt = useTry();
  const may = useMay('number.reveal', 'desk.use');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [number, setNumber] = useState<string>();
  if (!may) return null;
  if (number !== undefined) return <b className="num reveal-number">{number}</b>;
  if (!asking) {
    return (
      <Button
        size="small"
        type="link"
        className="reveal-open"
        icon={<Icon name="eye" size={14} />}
        onClick={() => setAsking(true)}
      >
        {t.reveal}
      </Button>
    );
  }
  const show = () => {
    if (reason.trim().length < 2) return;
    attempt(async () => {
      const reply = await post<{ number: string }>(`${path}/number`, { reason });
      setNumber(reply.number);
    });
  };
  return (
    <div className="reveal-form">
      <Input
        size="small"
        autoFocus
        aria-label={t.why}
        placeholder={t.why}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={show}
        onKeyDown={(event) => event.key === 'Escape' && setAsking(false)}
      />
      <Button size="small" type="primary" disabled={reason.trim().length < 2} onClick={show}>
        {t.show}
      </Button>
    </div>
  );
}
