import { useQuery } from '@tanstack/react-query';
import type { Catalogue, AreaRules as Rules } from '../../../../src/orders/schema.ts';
import { get } from '../../net/api.ts';
import { useWords } from '../../text/language.ts';
import { settingsText } from './settings-text.ts';

interface Props {
  /** The code that is given up. */
  code: string;
  /** Null: the area is retired and has no new one. */
  newCode: string | null;
  catalogue: Catalogue;
}

/** Dispatch rules that name a code which is given up: they would be left behind, so they are told. */
export function AreaRules({ code, newCode, catalogue: { matters, areas } }: Props) {
  const t = useWords(settingsText);
  const rules = useQuery({
    queryKey: ['area-rules', code],
    queryFn: () => get<Rules>(`/dispatch-rules/areas/${code}`),
  });
  if (!rules.data || rules.data.count === 0) return null;
  const { count, first } = rules.data;
  const matterOf = (wanted: string) => matters.find((each) => each.code === wanted)?.name;
  const areaOf = (wanted: string) => areas.find((each) => each.code === wanted)?.name;
  return (
    <div className="settings-left-behind" role="note">
      <p>{t.rulesLeft(count, newCode)}</p>
      <ul>
        {first.map(({ matter, area, leadUnit }) => (
          <li key={`${matter} ${area}`}>
            <span className="num">{matter}</span> {matterOf(matter)} ·{' '}
            <span className="num">{area}</span> {areaOf(area)} → {leadUnit}
          </li>
        ))}
        {count > first.length && <li className="faint">{t.rulesMore(count - first.length)}</li>}
      </ul>
    </div>
  );
}
