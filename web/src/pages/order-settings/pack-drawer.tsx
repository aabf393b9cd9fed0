import Input from 'antd/es/input';
import InputNumber from 'antd/es/input-number';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { OrderSettingsView, PolicyPack } from '../../../../src/orders/schema.ts';
import { put } from '../../net/api.ts';
import { useWords } from '../../text/language.ts';
import { type Limit, type LimitUnit, limitOf, partsOfLimit } from './limit-words.ts';
import { settingsText } from './settings-text.ts';
import { VersionDrawer } from './version-drawer.tsx';

interface Props {
  pack: PolicyPack;
  policies: OrderSettingsView['policies'];
  onClose: () => void;
}

/** The next version of a pack; the one in force ends the day before it begins, and orders keep theirs. */
export function PackDrawer({ pack, policies, onClose }: Props) {
  const t = useWords(settingsText);
  const [next, setNext] = useState<PolicyPack>({ ...pack, version: pack.version + 1, from: '' });
  const save = (why: string) => {
    const { packs, choose } = policies.body;
    const ended = packs.map((each) =>
      each.id === pack.id && each.version === pack.version
        ? { ...each, until: dayBefore(next.from) }
        : each,
    );
    const body = { choose, packs: [...ended, next] };
    return put('/order-settings/policies', { baseVersion: policies.version, why, body });
  };
  const text = (key: 'title' | 'source' | 'from', type = 'text') => (
    <label className="settings-field">
      <span>{t.pack[key]}</span>
      <Input
        type={type}
        value={next[key]}
        onChange={(event) => setNext({ ...next, [key]: event.target.value })}
      />
    </label>
  );
  return (
    <VersionDrawer
      title={`${pack.id}@${next.version}`}
      isReady={next.from > pack.from}
      save={save}
      onClose={onClose}
    >
      {text('title')}
      {text('source')}
      {text('from', 'date')}
      {Object.entries(next.limits).map(([kind, limit]) => (
        <LimitRow
          key={kind}
          label={t.limits[kind] ?? kind}
          limit={limit}
          onChange={(changed) => setNext({ ...next, limits: { ...next.limits, [kind]: changed } })}
        />
      ))}
      {(['reworkReply', 'returnWithin', 'appeal'] as const).map((key) => (
        <LimitRow
          key={key}
          label={t.limitsBeside[key]}
          limit={next[key]}
          onChange={(limit) => setNext({ ...next, [key]: limit })}
        />
      ))}
      <Extensions
        extensions={next.extensions}
        onChange={(extensions) => setNext({ ...next, extensions })}
      />
      <p className="faint">{t.rulesKept(next.rules.length)}</p>
    </VersionDrawer>
  );
}

interface ExtensionsProps {
  extensions: PolicyPack['extensions'];
  onChange: (extensions: PolicyPack['extensions']) => void;
}

/** How often and how far a unit may ask for more time, and until when of the day. */
function Extensions({ extensions, onChange }: ExtensionsProps) {
  const t = useWords(settingsText);
  return (
    <div className="settings-extension">
      {(['times', 'workdays', 'aloneUpTo', 'cutOffHour'] as const).map((key) => (
        <label key={key}>
          <span>{t.extension[key]}</span>
          <InputNumber
            min={0}
            max={key === 'cutOffHour' ? 24 : 60}
            precision={0}
            value={extensions[key]}
            onChange={(value) => onChange({ ...extensions, [key]: value ?? 0 })}
          />
        </label>
      ))}
    </div>
  );
}

interface LimitRowProps {
  label: string;
  limit: Limit;
  onChange: (limit: Limit) => void;
}

function LimitRow({ label, limit, onChange }: LimitRowProps) {
  const t = useWords(settingsText);
  const [count, unit] = partsOfLimit(limit);
  return (
    <div className="settings-limit">
      <span>{label}</span>
      <InputNumber
        aria-label={label}
        min={unit === 'hours' ? 0.25 : 1}
        max={365}
        value={count}
        onChange={(value) => onChange(limitOf(value ?? 1, unit))}
      />
      <Select<LimitUnit>
        aria-label={`${label} ${t.unitOfTime}`}
        value={unit}
        options={Object.entries(t.units).map(([value, name]) => ({
          value: value as LimitUnit,
          label: name,
        }))}
        onChange={(value) => onChange(limitOf(Math.max(1, Math.round(count)), value))}
      />
    </div>
  );
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
