import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { useRef, useState } from 'react';
import type { Imported } from '../../../../src/callers/schema.ts';
import { type FieldProblem, Problem, post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { callersText } from './callers-text.ts';

/** A CSV file, taken whole or not at all; what is wrong is told by line. */
export function ImportButton() {
  const t = useWords(callersText);
  const attempt = useTry();
  const picker = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<readonly FieldProblem[]>([]);
  const send = (file: File) =>
    attempt(async () => {
      const form = new FormData();
      form.append('file', file);
      try {
        const { added, changed, unchanged } = await post<Imported>('/callers/import', form);
        await queryClient.invalidateQueries({ queryKey: ['callers'] });
        toast(t.imported(added, changed, unchanged));
      } catch (error) {
        if (!(error instanceof Problem) || error.fields.length === 0) throw error;
        setWrong(error.fields);
      }
    });
  return (
    <>
      <Button title={t.importHelp} onClick={() => picker.current?.click()}>
        {t.import}
      </Button>
      <input
        ref={picker}
        type="file"
        accept=".csv,text/csv"
        aria-label={t.import}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) send(file);
        }}
      />
      <Modal
        open={wrong.length > 0}
        title={t.wrongLines}
        footer={null}
        onCancel={() => setWrong([])}
      >
        <ul>
          {wrong.map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>
              {t.line(pointer.replace('/line/', ''))}: {message}
            </li>
          ))}
        </ul>
        <p className="faint">{t.importHelp}</p>
      </Modal>
    </>
  );
}
