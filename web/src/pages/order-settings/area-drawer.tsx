import Checkbox from 'antd/es/checkbox';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useMemo, useState } from 'react';
import type { OrderSettingsView } from '../../../../src/orders/schema.ts';
import { put } from '../../net/api.ts';
import { useWords } from '../../text/language.ts';
import { areaNames } from '../orders/catalogue.ts';
import { AreaRules } from './area-rules.tsx';
import {
  type Area,
  areaAround,
  changedAreas,
  digitsBelow,
  isTaken,
  nextCode,
} from './area-tree.ts';
import { ChangeList } from './change-list.tsx';
import { settingsText } from './settings-text.ts';
import { VersionDrawer } from './version-drawer.tsx';

interface Props {
  /** Null for a new one, within the one of the code `around`. */
  area: Area | null;
  around: string;
  catalogue: OrderSettingsView['catalogue'];
  onClose: () => void;
}

/** One area: its name, what it lies in, whether it is in use; the lines that become different. */
export function AreaDrawer({ area, around: givenAround, catalogue, onClose }: Props) {
  const t = useWords(settingsText);
  const { matters, areas } = catalogue.body;
  const [around, setAround] = useState(
    area ? (areaAround(areas, area.code)?.code ?? '') : givenAround,
  );
  const [to, setTo] = useState<Area>(
    () => area ?? { code: nextCodeIn(areas, givenAround), name: '', enabled: true },
  );
  const places = useMemo(() => placesFor(areas, area), [areas, area]);
  const moveTo = (code: string) => {
    setAround(code);
    const isHome = area !== null && areaAround(areas, area.code)?.code === code;
    setTo({ ...to, code: isHome ? area.code : nextCodeIn(areas, code) });
  };
  const next = changedAreas(areas, area?.code ?? null, { ...to, name: to.name.trim() });
  const taken = isTaken(areas, area?.code ?? null, to.code);
  const isWhole = around === '' ? [2, 4, 6].includes(to.code.length) : isBelow(to.code, around);
  const isGivenUp = to.code !== area?.code || (area.enabled && !to.enabled);
  return (
    <VersionDrawer
      title={area ? `${area.code} ${area.name}` : t.newArea}
      isReady={to.name.trim() !== '' && isWhole && !taken && !isSame(area, to)}
      save={(why) => {
        const body = { matters, areas: next };
        return put('/order-settings/catalogue', { baseVersion: catalogue.version, why, body });
      }}
      onClose={onClose}
    >
      <label className="settings-field">
        <span>{t.areaName}</span>
        <Input
          maxLength={64}
          value={to.name}
          onChange={(event) => setTo({ ...to, name: event.target.value })}
        />
      </label>
      <div className="settings-field">
        <span>{t.liesIn}</span>
        <Select
          aria-label={t.liesIn}
          allowClear={area === null}
          value={around || null}
          disabled={area !== null && around === ''}
          showSearch={{ optionFilterProp: 'label' }}
          options={places}
          onChange={(code: string | undefined) => moveTo(code ?? '')}
        />
      </div>
      <label className="settings-field">
        <span>{t.code}</span>
        <Input
          value={to.code}
          inputMode="numeric"
          disabled={area !== null && to.code === area.code}
          status={taken || !isWhole ? 'error' : ''}
          onChange={(event) => setTo({ ...to, code: event.target.value.replaceAll(/\D/g, '') })}
        />
        <small>{taken ? t.codeTaken : t.codeHelp(around, digitsBelow(around))}</small>
      </label>
      {area !== null && (
        <p>
          <Checkbox
            checked={to.enabled}
            onChange={(event) => setTo({ ...to, enabled: event.target.checked })}
          >
            {t.areaInUse}
          </Checkbox>
        </p>
      )}
      {area !== null && to.code !== area.code && <p className="soft">{t.moveHelp}</p>}
      <h3 className="settings-changes-head">{t.changes}</h3>
      <ChangeList before={useAreaLines(areas)} after={useAreaLines(next)} />
      {area !== null && isGivenUp && (
        <AreaRules
          code={area.code}
          newCode={to.code === area.code ? null : to.code}
          catalogue={catalogue.body}
        />
      )}
    </VersionDrawer>
  );
}

/** Areas as lines to compare. */
export function useAreaLines(areas: readonly Area[]): string[] {
  const t = useWords(settingsText);
  return areas.map(({ code, name, enabled }) =>
    enabled ? `${code} ${name}` : `${code} ${name} · ${t.retired}`,
  );
}

/** Where an area may lie: codes nest, so it stays at its level. */
function placesFor(areas: Area[], area: Area | null): { value: string; label: string }[] {
  const home = area && areaAround(areas, area.code);
  const names = areaNames(areas);
  return areas
    .filter(({ code, enabled }) => enabled && (area ? code.length === home?.code.length : true))
    .filter(({ code }) => digitsBelow(code) > 0 && code !== area?.code)
    .map(({ code }) => ({ value: code, label: `${code} ${names.get(code) ?? ''}` }));
}

function nextCodeIn(areas: readonly Area[], around: string): string {
  return around === '' ? '' : nextCode(areas, around);
}

function isBelow(code: string, around: string): boolean {
  return code.startsWith(around) && code.length === around.length + digitsBelow(around);
}

function isSame(area: Area | null, to: Area): boolean {
  if (area === null) return false;
  return area.code === to.code && area.name === to.name.trim() && area.enabled === to.enabled;
}
