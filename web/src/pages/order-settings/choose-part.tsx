import Button from 'antd/es/button';
import { useState } from 'react';
import type { OrderSettingsView } from '../../../../src/orders/schema.ts';
import { useWords } from '../../text/language.ts';
import { ChooseDrawer } from './choose-drawer.tsx';
import { useConditions, useSentences } from './choose-words.ts';
import { settingsText } from './settings-text.ts';
import { TryOut } from './try-out.tsx';

interface Props {
  policies: OrderSettingsView['policies'];
  catalogue: OrderSettingsView['catalogue'];
}

/** Which pack an order gets, row by row, and a try of it. */
export function ChoosePart({ policies, catalogue }: Props) {
  const t = useWords(settingsText);
  const [open, setOpen] = useState(false);
  const conditions = useConditions(catalogue);
  const sentences = useSentences(policies.body, conditions);
  return (
    <section className="card settings-choose">
      <div>
        <div className="settings-bar">
          <h2>{t.chooseTitle}</h2>
          <Button size="small" onClick={() => setOpen(true)}>
            {t.changeRows}
          </Button>
        </div>
        <ol>
          {sentences.map((sentence, at) => (
            <li key={`${at} ${sentence}`}>{sentence}</li>
          ))}
        </ol>
        <p className="faint">{t.chooseHelp}</p>
      </div>
      <TryOut conditions={conditions} />
      {open && (
        <ChooseDrawer policies={policies} conditions={conditions} onClose={() => setOpen(false)} />
      )}
    </section>
  );
}
