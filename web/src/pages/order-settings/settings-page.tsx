import { useQuery } from '@tanstack/react-query';
import Segmented from 'antd/es/segmented';
import { useState } from 'react';
import type { OrderSettingsView } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { useWords } from '../../text/language.ts';
import { CalendarsPart } from './calendars-part.tsx';
import { MattersPart } from './matters-part.tsx';
import { PacksPart } from './packs-part.tsx';
import { settingsText } from './settings-text.ts';
import { UnitsPart } from './units-part.tsx';
import '../admin/admin.css';
import './order-settings.css';

const parts = ['units', 'matters', 'packs', 'calendars'] as const;
type Part = (typeof parts)[number];

/** What an administration decides about work orders; each change is a version with a reason. */
export function OrderSettingsPage() {
  const t = useWords(settingsText);
  const [part, setPart] = useState<Part>('units');
  const settings = useQuery({
    queryKey: ['order-settings'],
    queryFn: () => get<OrderSettingsView>('/order-settings'),
  });
  if (settings.isError)
    return <Failure error={settings.error} retry={() => void settings.refetch()} />;
  if (!settings.data) return <Waiting />;
  const { missingYears } = settings.data;
  return (
    <div className="page order-settings">
      <div className="page-head">
        <h1>{t.title}</h1>
        <Segmented
          value={part}
          onChange={setPart}
          options={parts.map((value) => ({ value, label: t.parts[value] }))}
        />
      </div>
      {missingYears.length > 0 && (
        <p className="settings-alarm" role="status">
          ▲ {t.missing(missingYears.join('、'))}
        </p>
      )}
      {part === 'units' && <UnitsPart />}
      {part === 'matters' && <MattersPart catalogue={settings.data.catalogue} />}
      {part === 'packs' && <PacksPart policies={settings.data.policies} />}
      {part === 'calendars' && <CalendarsPart calendars={settings.data.calendars} />}
    </div>
  );
}
