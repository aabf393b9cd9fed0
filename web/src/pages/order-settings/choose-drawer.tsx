import Button from 'antd/es/button';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { OrderSettingsView } from '../../../../src/orders/schema.ts';
import { put } from '../../net/api.ts';
import { common } from '../../text/common.ts';
import { useWords } from '../../text/language.ts';
import { ChangeList } from './change-list.tsx';
import {
  type Choice,
  packTitles,
  type Row,
  useSentences,
  type When,
  withCondition,
} from './choose-words.ts';
import { settingsText } from './settings-text.ts';
import { TryOut } from './try-out.tsx';
import { VersionDrawer } from './version-drawer.tsx';

type Keyed = Row & { key: number };
interface Props {
  policies: OrderSettingsView['policies'];
  conditions: Record<keyof When, Choice[]>;
  onClose: () => void;
}

/** The rows that choose a pack: their order, conditions and packs; tried before they are in force. */
export function ChooseDrawer({ policies, conditions, onClose }: Props) {
  const t = useWords(settingsText);
  const [rows, setRows] = useState<Keyed[]>(() =>
    policies.body.choose.map((row, key) => ({ ...row, key })),
  );
  const draft = { ...policies.body, choose: rows.map(({ when, pack }) => ({ when, pack })) };
  const before = useSentences(policies.body, conditions);
  const after = useSentences(draft, conditions);
  const titles = packTitles(policies.body);
  const [first] = titles.keys();
  const change = (at: number, row: Keyed) => setRows(rows.with(at, row));
  const move = (at: number, by: 1 | -1) => {
    const other = rows[at + by];
    const row = rows[at];
    if (other && row) setRows(rows.with(at, other).with(at + by, row));
  };
  const add = () => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    if (first !== undefined) setRows([{ when: {}, pack: first, key }, ...rows]);
  };
  return (
    <VersionDrawer
      title={t.chooseTitle}
      isReady={rows.length > 0 && before.join() !== after.join()}
      save={(why) => {
        const body = { baseVersion: policies.version, why, body: draft };
        return put('/order-settings/policies', body);
      }}
      onClose={onClose}
    >
      <div className="settings-bar">
        <span className="faint">{t.chooseHelp}</span>
        <Button size="small" onClick={add}>
          {t.newRow}
        </Button>
      </div>
      {rows.map((row, at) => (
        <RowFields
          key={row.key}
          row={row}
          sentence={after[at] ?? ''}
          isShadowed={rows.slice(0, at).some(({ when }) => Object.keys(when).length === 0)}
          at={at}
          of={rows.length}
          packs={[...titles].map(([value, label]) => ({ value, label }))}
          conditions={conditions}
          onChange={(changed) => change(at, changed)}
          onMove={(by) => move(at, by)}
          onRemove={() => setRows(rows.toSpliced(at, 1))}
        />
      ))}
      <TryOut conditions={conditions} draft={draft} />
      <h3 className="settings-changes-head">{t.changes}</h3>
      <ChangeList before={before} after={after} />
    </VersionDrawer>
  );
}

interface RowProps {
  row: Keyed;
  sentence: string;
  /** A row above holds for every order. */
  isShadowed: boolean;
  at: number;
  of: number;
  packs: Choice[];
  conditions: Record<keyof When, Choice[]>;
  onChange: (row: Keyed) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

function RowFields(props: RowProps) {
  const { row, sentence, at, of, packs, conditions, onChange, onMove } = props;
  const t = useWords(settingsText);
  const c = useWords(common);
  return (
    <fieldset className="settings-row">
      <legend className="num">{t.row(at + 1)}</legend>
      <p>{sentence}</p>
      {props.isShadowed && <p className="settings-lack">▲ {t.shadowed}</p>}
      {(Object.keys(conditions) as (keyof When)[]).map((key) => (
        <Select
          key={key}
          mode={key === 'matters' || key === 'areas' ? 'tags' : 'multiple'}
          aria-label={`${t.row(at + 1)} ${t.conditions[key]}`}
          placeholder={t.anyOf(t.conditions[key])}
          showSearch={{ optionFilterProp: 'label' }}
          value={[...(row.when[key] ?? [])]}
          options={conditions[key]}
          onChange={(values: string[]) =>
            onChange({ ...row, when: withCondition(row.when, key, values) })
          }
        />
      ))}
      <Select
        aria-label={`${t.row(at + 1)} ${t.packOf}`}
        showSearch={{ optionFilterProp: 'label' }}
        value={row.pack}
        options={packs}
        onChange={(pack: string) => onChange({ ...row, pack })}
      />
      <div className="settings-row-acts">
        <Button size="small" disabled={at === 0} onClick={() => onMove(-1)}>
          ↑ {t.up}
        </Button>
        <Button size="small" disabled={at === of - 1} onClick={() => onMove(1)}>
          ↓ {t.down}
        </Button>
        <Button size="small" disabled={of === 1} onClick={props.onRemove}>
          {c.remove}
        </Button>
      </div>
    </fieldset>
  );
}
