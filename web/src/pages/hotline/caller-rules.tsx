import Button from 'antd/es/button';
import InputNumber from 'antd/es/input-number';
import type { CallerRule, Hotline } from '../../../../config/hotline.ts';
import { Icon } from '../../parts/icons.tsx';
import { common } from '../../text/common.ts';
import { useWords } from '../../text/language.ts';
import { callerRulesText } from './caller-rules-text.ts';
import { useProblem } from './draft-store.ts';
import { LimitField, useQueueOptions } from './fields.tsx';
import { hotlineText } from './hotline-text.ts';

type When = CallerRule['when'];
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Conditions as one choice each; a repeat keeps the time it has. */
function conditions(words: { attribute: object; language: object }, again: string) {
  return [
    ...Object.entries(words.attribute).map(([id, name]) => [`attribute:${id}`, name]),
    ...Object.entries(words.language).map(([id, name]) => [`language:${id}`, name]),
    ['repeat', again],
  ] as [string, string][];
}

function chosenOf(when: When): string {
  if (when.fact === 'attribute') return `attribute:${when.attribute}`;
  return when.fact === 'language' ? `language:${when.language}` : 'repeat';
}

function whenOf(chosen: string, before: When): When {
  const [fact, value] = chosen.split(':');
  if (fact === 'language') {
    return { fact, language: value === 'yue' || value === 'en' ? value : 'zh' };
  }
  if (fact === 'attribute') {
    const known = ['elder', 'do-not-disturb', 'nuisance'] as const;
    return { fact, attribute: known.find((each) => each === value) ?? 'enterprise' };
  }
  return before.fact === 'repeat' ? before : { fact: 'repeat', withinMs: dayMs };
}

/** Who comes earlier than by the clock, and where they go: the published rule of order. */
export function CallerRules(props: {
  callers: Hotline['callers'];
  onChange: (callers: Hotline['callers']) => void;
}) {
  const r = useWords(callerRulesText);
  const { callers, onChange } = props;
  const { rules } = callers;
  const setRules = (next: CallerRule[]) => onChange({ ...callers, rules: next });
  const add = () => {
    const when: When = { fact: 'attribute', attribute: 'enterprise' };
    setRules([...rules, { id: `rule-${rules.length + 1}`, when, steps: 1, queue: null }]);
  };
  return (
    <fieldset className="keys-editor">
      <legend>{r.callerRules}</legend>
      <p className="faint field-help">{r.callerRulesHelp}</p>
      {rules.map((rule, at) => (
        <RuleRow
          // The condition is being chosen, so the place is what stays the same.
          key={at}
          at={`/callers/rules/${at}`}
          rule={rule}
          onChange={(next) => setRules(rules.map((each, place) => (place === at ? next : each)))}
          onRemove={() => setRules(rules.filter((_, place) => place !== at))}
        />
      ))}
      <Button size="small" onClick={add}>
        {r.addRule}
      </Button>
      <div className="field-pair last-agent">
        <LimitField
          label={r.lastAgent}
          at="/callers/lastAgentWithinMs"
          unit={r.hours}
          scale={hourMs}
          none={r.lastAgentNever}
          help={r.lastAgentHelp}
          value={callers.lastAgentWithinMs}
          onChange={(lastAgentWithinMs) => onChange({ ...callers, lastAgentWithinMs })}
        />
      </div>
    </fieldset>
  );
}

function RuleRow(props: {
  at: string;
  rule: CallerRule;
  onChange: (rule: CallerRule) => void;
  onRemove: () => void;
}) {
  const t = useWords(hotlineText);
  const r = useWords(callerRulesText);
  const c = useWords(common);
  const queues = useQueueOptions();
  const problem = useProblem(`${props.at}/queue`);
  const { rule, onChange } = props;
  return (
    <div className="key-row rule-row">
      <select
        className="native-select"
        aria-label={`${rule.id} ${r.condition}`}
        value={chosenOf(rule.when)}
        onChange={(event) => onChange({ ...rule, when: whenOf(event.target.value, rule.when) })}
      >
        {conditions(c, r.again).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <Within rule={rule} onChange={(when) => onChange({ ...rule, when })} />
      <InputNumber
        aria-label={`${rule.id} ${r.steps}`}
        min={0}
        max={10}
        prefix="+"
        suffix={r.steps}
        value={rule.steps}
        onChange={(steps) => onChange({ ...rule, steps: steps ?? 0 })}
      />
      <select
        className="native-select"
        aria-label={`${rule.id} ${t.leadsTo}`}
        value={rule.queue ?? ''}
        onChange={(event) => onChange({ ...rule, queue: event.target.value || null })}
      >
        <option value="">{r.usualQueue}</option>
        {queues.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="plain"
        aria-label={`${t.removeIt} ${rule.id}`}
        onClick={props.onRemove}
      >
        <Icon name="close" size={14} />
      </button>
      {problem !== undefined && <p className="tone-alert field-problem">{problem}</p>}
    </div>
  );
}

/** How long an open matter counts; only a rule about repeat callers has it. */
function Within({ rule, onChange }: { rule: CallerRule; onChange: (when: When) => void }) {
  const r = useWords(callerRulesText);
  const { when } = rule;
  if (when.fact !== 'repeat') return <span />;
  return (
    <InputNumber
      aria-label={`${rule.id} ${r.within}`}
      min={1}
      max={720}
      suffix={r.withinHours}
      value={when.withinMs / hourMs}
      onChange={(hours) =>
        hours !== null && onChange({ ...when, withinMs: Math.round(hours * hourMs) })
      }
    />
  );
}
