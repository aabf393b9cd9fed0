import Button from 'antd/es/button';
import Drawer from 'antd/es/drawer';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import { useState } from 'react';
import type { CallerDetails, CallerRow } from '../../../../src/callers/schema.ts';
import { post, put, remove } from '../../net/api.ts';
import { queryClient, useMay } from '../../net/queries.ts';
import { RevealNumber } from '../../parts/reveal-number.tsx';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { common } from '../../text/common.ts';
import { useWords } from '../../text/language.ts';
import { callersText } from './callers-text.ts';

interface Typed extends Omit<CallerDetails, 'language'> {
  number: string;
  language: CallerDetails['language'] | '';
}

/** One known caller: new, or changed. The number itself stays what it is. */
export function CallerDrawer(props: { caller: CallerRow | undefined; onClose: () => void }) {
  const t = useWords(callersText);
  const c = useWords(common);
  const attempt = useTry();
  const mayChange = useMay('callers.change');
  const [busy, setBusy] = useState(false);
  const { caller, onClose } = props;
  const done = async (work: Promise<unknown>, said: string) => {
    await work;
    await queryClient.invalidateQueries({ queryKey: ['callers'] });
    toast(said);
    onClose();
  };
  const save = ({ number, language, ...rest }: Typed) => {
    setBusy(true);
    const details = { ...rest, language: language === '' ? null : language };
    const work = () =>
      caller ? put(`/callers/${caller.id}`, details) : post('/callers', { number, ...details });
    attempt(() => done(work(), t.saved).finally(() => setBusy(false)));
  };
  const start: Typed = {
    number: '',
    name: caller?.name ?? '',
    attributes: caller?.attributes ?? [],
    language: caller?.language ?? '',
    note: caller?.note ?? '',
  };
  const options = Object.entries(c.attribute).map(([value, label]) => ({ value, label }));
  const languages = Object.entries(c.language).map(([value, label]) => ({ value, label }));
  return (
    <Drawer open title={caller?.numberMasked ?? t.newTitle} onClose={onClose}>
      {caller && <RevealNumber path={`/callers/${caller.id}`} />}
      <Form layout="vertical" initialValues={start} disabled={!mayChange} onFinish={save}>
        {!caller && (
          <Form.Item name="number" label={t.number} rules={[{ required: true }]}>
            <Input autoFocus inputMode="tel" />
          </Form.Item>
        )}
        <Form.Item name="name" label={t.name}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="attributes" label={t.attributes}>
          <Select mode="multiple" options={options} />
        </Form.Item>
        <Form.Item name="language" label={t.language}>
          <Select options={[{ value: '', label: t.anyLanguage }, ...languages]} />
        </Form.Item>
        <Form.Item name="note" label={t.note}>
          <Input.TextArea maxLength={200} rows={3} />
        </Form.Item>
        {mayChange && (
          <>
            <Button type="primary" htmlType="submit" loading={busy}>
              {c.save}
            </Button>{' '}
            {caller && (
              <Button
                danger
                type="text"
                onClick={() => attempt(() => done(remove(`/callers/${caller.id}`), t.removed))}
              >
                {c.remove}
              </Button>
            )}
          </>
        )}
      </Form>
    </Drawer>
  );
}
