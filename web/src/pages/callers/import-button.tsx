import Modal from 'antd/es/modal';
import { useState } from 'react';
import type { Imported } from '../../../../src/callers/schema.ts';
import { type FieldProblem, formOf, Problem, post } from '../../net/api.ts';
import { queryClient } from '../../net/queries.ts';
import { FileButton } from '../../parts/file-button.tsx';
import { useTry } from '../../parts/said.tsx';
import { toast } from '../../parts/toasts.tsx';
import { useWords } from '../../text/language.ts';
import { callersText } from './callers-text.ts';

/** A CSV file, taken whole or not at all; what is wrong is told by line. */
export function ImportButton() {
  const t = useWords(callersText);
  const attempt = useTry();
  const [wrong, setWrong] = useState<readonly FieldProblem[]>([]);
  const send = (file: File) =>
    attempt(async () => {
      try {
        const sent = await post<Imported>('/callers/import', formOf(file));
        await queryClient.invalidateQueries({ queryKey: ['callers'] });
        toast(t.imported(sent.added, sent.changed, sent.unchanged));
      } catch (error) {
        if (!(error instanceof Problem) || error.fields.length === 0) throw error;
        setWrong(error.fields);
      }
    });
  return (
    <>
      <FileButton label={t.import} title={t.importHelp} accept=".csv,text/csv" onFile={send} />
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
