import { useState } from 'react';
import { type FieldProblem, formOf, lines } from '../../net/api.ts';
import type { RulesImportNews } from './contract.ts';

/** An import as it goes on. */
interface ImportRun {
  state: 'idle' | 'running' | 'over';
  done: number;
  of: number;
  taken: { version: number; rows: number } | null;
  wrong: readonly FieldProblem[];
  error: unknown;
}
const nothing: ImportRun = { state: 'idle', done: 0, of: 0, taken: null, wrong: [], error: null };

/** Sends a catalogue and follows its check line by line. */
export function useImport(onTaken: () => void) {
  const [run, setRun] = useState<ImportRun>(nothing);
  async function send(file: File): Promise<void> {
    setRun({ ...nothing, state: 'running' });
    try {
      const body = formOf(file);
      for await (const line of lines('/dispatch-rules', { method: 'PUT', body })) {
        const news = JSON.parse(line) as RulesImportNews;
        if ('failed' in news) throw new Error(news.failed);
        if ('done' in news) setRun((before) => ({ ...before, ...news }));
        else setRun({ ...nothing, state: 'over', ...news });
        if ('taken' in news) onTaken();
      }
    } catch (error) {
      setRun({ ...nothing, state: 'over', error });
    }
  }
  return { run, send };
}
