import type { EntryConfig, MenuConfig } from '../../../../config/hotline.ts';
import { common } from '../../text/common.ts';
import { useLanguage, useWords } from '../../text/language.ts';
import { useDraft } from './draft-store.ts';
import {
  NameFields,
  NumberField,
  OutcomeField,
  PickField,
  TextField,
  useQueueOptions,
  WordsField,
} from './fields.tsx';
import { hotlineText } from './hotline-text.ts';
import { KeysEditor } from './keys-editor.tsx';

/** One way in: the numbers, the greeting, and where it leads. */
export function EntryForm(props: {
  at: string;
  entry: EntryConfig;
  onChange: (entry: EntryConfig) => void;
}) {
  const t = useWords(hotlineText);
  const { entry, at } = props;
  const set = (part: Partial<EntryConfig>) => props.onChange({ ...entry, ...part });
  return (
    <>
      <div className="field-pair">
        <TextField
          label={t.id}
          at={`${at}/id`}
          value={entry.id}
          onChange={(id) => set({ id })}
          help={t.idHelp}
        />
        <WordsField
          label={t.numbers}
          at={`${at}/numbers`}
          value={entry.numbers}
          onChange={(numbers) => set({ numbers })}
          help={t.numbersHelp}
        />
      </div>
      <NameFields
        label=""
        at={`${at}/name`}
        value={entry.name}
        onChange={(name) => set({ name })}
      />
      <Way at={at} entry={entry} set={set} />
      <Opening at={at} entry={entry} set={set} />
      <KeysEditor at={`${at}/keys`} keys={entry.keys} onChange={(keys) => set({ keys })} />
    </>
  );
}

/** When it is open, and what callers meet when it is not. */
function Opening(props: {
  at: string;
  entry: EntryConfig;
  set: (part: Partial<EntryConfig>) => void;
}) {
  const t = useWords(hotlineText);
  const lang = useLanguage((s) => s.lang);
  const hours = useDraft((s) => s.draft?.hours) ?? [];
  const { at, entry, set } = props;
  return (
    <>
      <PickField
        label={t.hours}
        at={`${at}/hours`}
        value={entry.hours ?? ''}
        options={[
          ['', t.always],
          ...hours.map((each): [string, string] => [each.id, each.name[lang]]),
        ]}
        onChange={(id) => set({ hours: id === '' ? null : id })}
      />
      {entry.hours !== null && (
        <OutcomeField
          label={t.onClosed}
          at={`${at}/onClosed`}
          value={entry.onClosed}
          onChange={(onClosed) => set({ onClosed })}
        />
      )}
    </>
  );
}

/** Where it leads, in which language, after which greeting. */
function Way(props: { at: string; entry: EntryConfig; set: (part: Partial<EntryConfig>) => void }) {
  const t = useWords(hotlineText);
  const c = useWords(common);
  const queues = useQueueOptions();
  const menus = useDraft((s) => s.draft?.menus) ?? [];
  const { at, entry, set } = props;
  return (
    <>
      <div className="field-pair">
        <PickField
          label={t.mode}
          at={`${at}/mode`}
          value={entry.mode}
          options={[
            ['direct', t.direct],
            ['menu', t.menuMode],
          ]}
          onChange={(mode) => set({ mode: mode === 'menu' ? 'menu' : 'direct' })}
        />
        {entry.mode === 'menu' && (
          <PickField
            label={t.menu}
            at={`${at}/menu`}
            value={entry.menu ?? ''}
            options={[['', '–'], ...menus.map((menu): [string, string] => [menu.id, menu.id])]}
            onChange={(menu) => set({ menu: menu === '' ? null : menu })}
          />
        )}
      </div>
      <div className="field-pair">
        <PickField
          label={t.queuesOfEntry}
          at={`${at}/queue`}
          value={entry.queue}
          options={queues}
          onChange={(queue) => set({ queue })}
        />
        <PickField
          label={t.language}
          at={`${at}/language`}
          value={entry.language}
          options={Object.entries(c.language)}
          onChange={(value) => set({ language: value === 'yue' || value === 'en' ? value : 'zh' })}
        />
      </div>
      <div className="field-pair">
        <WordsField
          label={t.greeting}
          at={`${at}/greeting`}
          value={entry.greeting}
          onChange={(greeting) => set({ greeting })}
          help={t.greetingHelp}
        />
        <NumberField
          label={t.priority}
          at={`${at}/priority`}
          value={entry.priority}
          onChange={(priority) => set({ priority })}
          help={t.priorityHelp}
        />
      </div>
    </>
  );
}

/** One menu: what it says and what each key leads to. */
export function MenuForm(props: {
  at: string;
  menu: MenuConfig;
  onChange: (menu: MenuConfig) => void;
}) {
  const t = useWords(hotlineText);
  const queues = useQueueOptions();
  const { menu, at } = props;
  const set = (part: Partial<MenuConfig>) => props.onChange({ ...menu, ...part });
  return (
    <>
      <div className="field-pair">
        <TextField
          label={t.id}
          at={`${at}/id`}
          value={menu.id}
          onChange={(id) => set({ id })}
          help={t.idHelp}
        />
        <TextField
          label={t.prompt}
          at={`${at}/prompt`}
          value={menu.prompt}
          onChange={(prompt) => set({ prompt })}
        />
      </div>
      <div className="field-pair">
        <PickField
          label={t.fallback}
          at={`${at}/queue`}
          value={menu.queue}
          options={queues}
          onChange={(queue) => set({ queue })}
        />
        <NumberField
          label={t.timeout}
          at={`${at}/timeoutMs`}
          unit={t.seconds}
          scale={1000}
          value={menu.timeoutMs}
          onChange={(timeoutMs) => set({ timeoutMs })}
        />
      </div>
      <KeysEditor at={`${at}/keys`} keys={menu.keys} onChange={(keys) => set({ keys })} />
    </>
  );
}
