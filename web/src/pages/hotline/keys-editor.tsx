import Button from 'antd/es/button';
import Input from 'antd/es/input';
import type { Choice, MenuConfig } from '../../../../config/hotline.ts';
import { Icon } from '../../parts/icons.tsx';
import { common } from '../../text/common.ts';
import { useWords } from '../../text/language.ts';
import { useDraft, useProblem } from './draft-store.ts';
import { useQueueOptions } from './fields.tsx';
import { hotlineText } from './hotline-text.ts';

type Keys = MenuConfig['keys'];
type Key = keyof Keys;
const allKeys: Key[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'];

/** A target as one word: `queue:consumer`, `menu:home`, `language:yue`. */
function targetOf(choice: Choice): string {
  if ('queue' in choice) return `queue:${choice.queue}`;
  if ('service' in choice) return `service:${choice.service}`;
  return 'menu' in choice ? `menu:${choice.menu}` : `language:${choice.language}`;
}

function towards(target: string, label: Choice['label']): Choice {
  const [kind, id = ''] = target.split(':');
  if (kind === 'menu') return { menu: id, label };
  if (kind === 'service') return { service: 'progress', label };
  if (kind === 'language') return { language: id === 'yue' || id === 'en' ? id : 'zh', label };
  return { queue: id, label };
}

/** What each key of the telephone leads to. */
export function KeysEditor(props: { at: string; keys: Keys; onChange: (keys: Keys) => void }) {
  const t = useWords(hotlineText);
  const { keys } = props;
  const queues = useQueueOptions();
  const used = allKeys.filter((key) => keys[key] !== undefined);
  const free = allKeys.find((key) => keys[key] === undefined);
  const add = () => {
    if (free === undefined) return;
    const label = { zh: queues[0]?.[1] ?? '', en: queues[0]?.[0] ?? '' };
    props.onChange({ ...keys, [free]: { queue: queues[0]?.[0] ?? '', label } });
  };
  return (
    <fieldset className="keys-editor">
      <legend>{t.keys}</legend>
      {used.map((key) => {
        const choice = keys[key];
        return (
          choice && (
            <KeyRow
              key={key}
              at={`${props.at}/${key}`}
              name={key}
              choice={choice}
              onChange={(next) => props.onChange({ ...keys, [key]: next })}
              onRemove={() => {
                const { [key]: _gone, ...rest } = keys;
                props.onChange(rest);
              }}
            />
          )
        );
      })}
      <Button size="small" disabled={free === undefined} onClick={add}>
        {t.addKey}
      </Button>
    </fieldset>
  );
}

function KeyRow(props: {
  at: string;
  name: string;
  choice: Choice;
  onChange: (choice: Choice) => void;
  onRemove: () => void;
}) {
  const t = useWords(hotlineText);
  const c = useWords(common);
  const queues = useQueueOptions();
  const menus = useDraft((s) => s.draft?.menus) ?? [];
  const problem = useProblem(props.at);
  const { choice } = props;
  const label = (part: Partial<Choice['label']>) =>
    props.onChange({ ...choice, label: { ...choice.label, ...part } });
  return (
    <div className="key-row">
      <kbd>{props.name}</kbd>
      <select
        className="native-select"
        aria-label={`${props.name} ${t.leadsTo}`}
        value={targetOf(choice)}
        onChange={(event) => props.onChange(towards(event.target.value, choice.label))}
      >
        <optgroup label={t.queue}>
          {queues.map(([id, name]) => (
            <option key={id} value={`queue:${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
        <optgroup label={t.menu}>
          {menus.map((menu) => (
            <option key={menu.id} value={`menu:${menu.id}`}>
              {menu.id}
            </option>
          ))}
        </optgroup>
        <optgroup label={t.service}>
          <option value="service:progress">{t.progress}</option>
        </optgroup>
        <optgroup label={t.language}>
          {Object.entries(c.language).map(([id, name]) => (
            <option key={id} value={`language:${id}`}>
              {name}
            </option>
          ))}
        </optgroup>
      </select>
      <Input
        aria-label={`${props.name} ${t.labelZh}`}
        value={choice.label.zh}
        onChange={(event) => label({ zh: event.target.value })}
      />
      <Input
        aria-label={`${props.name} ${t.labelEn}`}
        value={choice.label.en}
        onChange={(event) => label({ en: event.target.value })}
      />
      <button
        type="button"
        className="plain"
        aria-label={`${t.removeIt} ${props.name}`}
        onClick={props.onRemove}
      >
        <Icon name="close" size={14} />
      </button>
      {problem !== undefined && (
        <p className="tone-alert field-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
