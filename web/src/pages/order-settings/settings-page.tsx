import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import Segmented from 'antd/es/segmented';
import type { OrderSettingsView } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { Failure, Waiting } from '../../parts/blank.tsx';
import { useWords } from '../../text/language.ts';
import { AreasPart } from './areas-part.tsx';
import { CalendarsPart } from './calendars-part.tsx';
import { MattersPart } from './matters-part.tsx';
import { PacksPart } from './packs-part.tsx';
import { settingsText } from './settings-text.ts';
import { UnitsPart } from './units-part.tsx';
import '../admin/admin.css';
import './order-settings.css';

const parts = ['units', 'areas', 'matters', 'packs', 'calendars'] as const;

/** What an administration decides about work orders; each change is a version with a reason. */
export function OrderSettingsPage() {
  const t = useWords(settingsText);
  const { part: wanted } = useSearch({ from: '/frame/order-settings' });
  const part = parts.find((each) => each === wanted) ?? 'units';
  const navigate = useNavigate();
  const settings = useQuery({
    queryKey: ['order-settings'],
    queryFn: () => get<OrderSettingsView>('/order-settings'),
  });
  if (settings.isError)
    return <Failure error={settings.error} retry={() => void settings.refetch()} />;
  if (!settings.data) return <Waiting />;
  return (
    <div className="page order-settings">
      <div className="page-head">
        <h1>{t.title}</h1>
        <Segmented
          value={part}
          onChange={(next) => void navigate({ to: '/order-settings', search: { part: next } })}
          options={parts.map((value) => ({ value, label: t.parts[value] }))}
        />
      </div>
      {part === 'units' && <UnitsPart />}
      {part === 'areas' && <AreasPart catalogue={settings.data.catalogue} />}
      {part === 'matters' && <MattersPart catalogue={settings.data.catalogue} />}
      {part === 'packs' && <PacksPart settings={settings.data} />}
      {part === 'calendars' && <CalendarsPart calendars={settings.data.calendars} />}
    </div>
  );
}
