import Input from 'antd/es/input';
import { useState } from 'react';
import { queryClient } from '../../net/queries.ts';
import { useTry } from '../../parts/said.tsx';
import { SaveDrawer } from '../../parts/save-drawer.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { settingsText } from './settings-text.ts';

/** What shows the documents in force. */
const shown = ['order-settings', 'order-catalogue', 'missing-years', 'calendar-preview'];

interface Props {
  title: string;
  /** Is there something to put in force, and nothing wrong with it? */
  isReady: boolean;
  /** Sends the new version; when it is refused, the drawer stays and says why. */
  save: (why: string) => Promise<unknown>;
  onClose: () => void;
  children: React.ReactNode;
}

/** A change that becomes a version: what it is, and the reason it is made for. */
export function VersionDrawer({ title, isReady, save, onClose, children }: Props) {
  const t = useWords(settingsText);
  const attempt = useTry();
  const [why, setWhy] = useState('');
  const putInForce = async () => {
    await save(why.trim());
    await Promise.all(shown.map((key) => queryClient.invalidateQueries({ queryKey: [key] })));
    toast(t.saved);
    onClose();
  };
  return (
    <SaveDrawer
      size={520}
      title={title}
      label={t.putInForce}
      disabled={!isReady || why.trim().length < 2}
      onSave={() => attempt(putInForce)}
      onClose={onClose}
    >
      {children}
      <label className="settings-field">
        <span>{t.why}</span>
        <Input value={why} maxLength={200} onChange={(event) => setWhy(event.target.value)} />
      </label>
    </SaveDrawer>
  );
}
