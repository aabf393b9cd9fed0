import Checkbox from 'antd/es/checkbox';
import Input from 'antd/es/input';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import { useMemo } from 'react';
import type { Catalogue } from '../../../../src/orders/schema.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { areaNames, useCatalogue } from './catalogue.ts';
import type { Draft } from './order-draft.ts';
import { ordersText } from './orders-text.ts';
import { TemplateFields } from './template-fields.tsx';
import { useTypeWords } from './type-words.ts';

const urgencies: readonly Draft['urgency'][] = ['normal', 'urgent', 'emergency'];
const parties: readonly Draft['party'][] = ['person', 'enterprise', 'other'];

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

/** The fields of a request in the order in which people tell it. */
export function NewOrderFields({ draft, set, hasCall }: PartProps & { hasCall: boolean }) {
  const t = useWords(ordersText);
  return (
    <>
      <Line name="title" draft={draft} set={set} required autoFocus />
      <label>
        <span>
          {t.form.content}
          <em aria-hidden="true">*</em>
        </span>
        <Input.TextArea
          value={draft.content}
          required
          autoSize={{ minRows: 4, maxRows: 16 }}
          onChange={(event) => set({ content: event.target.value })}
        />
      </label>
      <MatterAndArea draft={draft} set={set} />
      <Line name="place" draft={draft} set={set} />
      <div className="order-form-pair">
        <Line name="callerName" draft={draft} set={set} />
        <label>
          <span>{t.form.callerNumber}</span>
          <Input
            value={draft.callerNumber}
            inputMode="tel"
            placeholder={hasCall ? t.form.sameNumber : ''}
            onChange={(event) =>
              set({ callerNumber: event.target.value.replaceAll(/[^\d+]/g, '') })
            }
          />
        </label>
      </div>
      <Choices draft={draft} set={set} />
      <Checkbox
        checked={draft.confidential}
        onChange={(event) => set({ confidential: event.target.checked })}
      >
        {t.form.confidential}
      </Checkbox>
    </>
  );
}

interface LineProps extends PartProps {
  name: 'title' | 'place' | 'callerName';
  required?: boolean;
  autoFocus?: boolean;
}

function Line({ name, draft, set, required = false, autoFocus = false }: LineProps) {
  const t = useWords(ordersText);
  return (
    <label>
      <span>
        {t.form[name]}
        {required && <em aria-hidden="true">*</em>}
      </span>
      <Input
        value={draft[name]}
        required={required}
        autoFocus={autoFocus}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </label>
  );
}

/** Areas in use, found by code and by name. */
function areaOptions(areas: Catalogue['areas']) {
  const names = areaNames(areas);
  return areas.flatMap(({ code, enabled }) => {
    const label = names.get(code) ?? code;
    return enabled ? { value: code, label, find: `${code} ${label}` } : [];
  });
}

/** The matter brings its type, urgency and template with it. */
function MatterAndArea({ draft, set }: PartProps) {
  const t = useWords(ordersText);
  const { data: city } = useCatalogue();
  const areas = useMemo(() => areaOptions(city?.areas ?? []), [city]);
  const matter = city?.matters.find(({ code }) => code === draft.matter);
  const choose = (code: string) => {
    const found = city?.matters.find((each) => each.code === code);
    if (!found) return;
    const { type, urgency, points } = found;
    const point = points.length === 1 ? (points[0]?.code ?? null) : null;
    set({ matter: code, type, urgency, point, answers: {} });
  };
  return (
    <>
      <div className="order-form-pair">
        <label>
          <span>
            {t.form.matter}
            <em aria-hidden="true">*</em>
          </span>
          <Select
            value={draft.matter || null}
            aria-label={t.form.matter}
            aria-required
            showSearch={{ optionFilterProp: 'find' }}
            placeholder={t.form.matterHelp}
            options={(city?.matters ?? []).map(({ code, name, group, find }) => ({
              value: code,
              label: `${name} · ${group}`,
              find,
            }))}
            onChange={choose}
          />
        </label>
        <label>
          <span>{t.form.area}</span>
          <Select
            value={draft.area || null}
            aria-label={t.form.area}
            showSearch={{ optionFilterProp: 'find' }}
            options={areas}
            onChange={(area: string) => set({ area })}
          />
        </label>
      </div>
      {matter && matter.points.length > 0 && (
        <TemplateFields matter={matter} draft={draft} set={set} />
      )}
    </>
  );
}

function Choices({ draft, set }: PartProps) {
  const t = useWords(ordersText);
  const lang = useLanguage((s) => s.lang);
  const types = useTypeWords(lang);
  return (
    <div className="order-choices">
      <label>
        <span>{t.form.type}</span>
        <Segmented
          value={draft.type}
          options={types}
          onChange={(type) => set({ type })}
          aria-label={t.form.type}
        />
      </label>
      <label>
        <span>{t.form.urgency}</span>
        <Segmented
          value={draft.urgency}
          options={urgencies.map((value) => ({ value, label: t.urgency[value] }))}
          onChange={(urgency) => set({ urgency })}
          aria-label={t.form.urgency}
        />
      </label>
      <label>
        <span>{t.form.party}</span>
        <Segmented
          value={draft.party}
          options={parties.map((value) => ({ value, label: t.party[value] }))}
          onChange={(party) => set({ party })}
          aria-label={t.form.party}
        />
      </label>
    </div>
  );
}
