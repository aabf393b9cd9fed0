import Button from 'antd/es/button';
import Input from 'antd/es/input';
import type { Hotline } from '../../../../config/hotline.ts';
import { Icon } from '../../parts/icons.tsx';
import { useWords } from '../../text/language.ts';
import { useProblem } from './draft-store.ts';
import { hotlineText } from './hotline-text.ts';

export type Coded = Hotline['resultCodes'][number];

/** Things with a code and a name; what else one of them has is kept, and edited by `renderExtra`. */
export function CodedList<T extends Coded>(props: {
  title: string;
  at: string;
  list: readonly T[];
  /** A new one, made of its code and name. */
  fresh: (coded: Coded) => T;
  onChange: (list: T[]) => void;
  renderExtra?: (item: T, onChange: (item: T) => void) => React.ReactNode;
}) {
  const t = useWords(hotlineText);
  const { list, onChange } = props;
  return (
    <fieldset className="keys-editor">
      <legend>{props.title}</legend>
      {list.map((item, at) => (
        <CodedRow
          // The code itself is being typed, so the place is what stays the same.
          key={at}
          at={`${props.at}/${at}`}
          item={item}
          onChange={(next) => onChange(list.map((each, index) => (index === at ? next : each)))}
          onRemove={() => onChange(list.filter((_, index) => index !== at))}
          renderExtra={props.renderExtra}
        />
      ))}
      <Button
        size="small"
        onClick={() =>
          onChange([
            ...list,
            props.fresh({ code: `new-${list.length + 1}`, name: { zh: '新项', en: 'New' } }),
          ])
        }
      >
        {t.addCode}
      </Button>
    </fieldset>
  );
}

function CodedRow<T extends Coded>(props: {
  at: string;
  item: T;
  onChange: (item: T) => void;
  onRemove: () => void;
  renderExtra: ((item: T, onChange: (item: T) => void) => React.ReactNode) | undefined;
}) {
  const t = useWords(hotlineText);
  const atCode = useProblem(`${props.at}/code`);
  const atItem = useProblem(props.at);
  const problem = atCode ?? atItem;
  const { item } = props;
  return (
    <div className="key-row coded-row" data-extra={props.renderExtra !== undefined}>
      <Input
        aria-label={t.code}
        value={item.code}
        onChange={(event) => props.onChange({ ...item, code: event.target.value })}
      />
      <Input
        aria-label={`${item.code} ${t.nameZh}`}
        value={item.name.zh}
        onChange={(event) =>
          props.onChange({ ...item, name: { ...item.name, zh: event.target.value } })
        }
      />
      <Input
        aria-label={`${item.code} ${t.nameEn}`}
        value={item.name.en}
        onChange={(event) =>
          props.onChange({ ...item, name: { ...item.name, en: event.target.value } })
        }
      />
      {props.renderExtra?.(item, props.onChange)}
      <button
        type="button"
        className="plain"
        aria-label={`${t.removeIt} ${item.code}`}
        onClick={props.onRemove}
      >
        <Icon name="close" size={14} />
      </button>
      {problem !== undefined && <p className="tone-alert field-problem">{problem}</p>}
    </div>
  );
}
