import Button from 'antd/es/button';
import Input from 'antd/es/input';
import type { OrderSettingsView } from '../../../../src/orders/schema.ts';
import { useWords } from '../../text/language.ts';
import { settingsText } from './settings-text.ts';
import { VersionsButton } from './versions-button.tsx';

/** Above a list out of the catalogue: looking for a row, which version is in force, one more row. */
export function FindBar(props: {
  catalogue: OrderSettingsView['catalogue'];
  find: string;
  typed: string;
  onType: (typed: string) => void;
  /** How many there are. */
  count: string;
  add: string;
  onAdd: () => void;
}) {
  const t = useWords(settingsText);
  const { catalogue, find } = props;
  return (
    <div className="settings-bar">
      <Input
        allowClear
        className="settings-find"
        aria-label={find}
        placeholder={find}
        value={props.typed}
        onChange={(event) => props.onType(event.target.value)}
      />
      <span className="faint num">
        {t.version(catalogue.version)} · {props.count}
      </span>
      <VersionsButton kind="catalogue" inForce={catalogue} catalogue={catalogue} />
      <Button type="primary" onClick={props.onAdd}>
        {props.add}
      </Button>
    </div>
  );
}
