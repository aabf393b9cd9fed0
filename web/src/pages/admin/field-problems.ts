import type { FormInstance } from 'antd/es/form';
import { Problem, textOf } from '../../net/api.ts';
import { toast } from '../../parts/toasts.tsx';
import { useLanguage } from '../../text/language.ts';

/** Shows the server's complaints at the fields they are about, the rest as a note. */
export function useFieldProblems<T>(form: FormInstance<T>): (error: unknown) => void {
  const lang = useLanguage((s) => s.lang);
  return (error) => {
    const fields = error instanceof Problem ? error.fields : [];
    const known = form.getFieldsValue(true) as Record<string, unknown>;
    const placed = fields.filter(({ pointer }) => fieldOf(pointer) in known);
    form.setFields(
      placed.map(({ pointer, message }) => ({
        name: fieldOf(pointer) as never,
        errors: [message],
      })),
    );
    if (placed.length === 0) toast(textOf(error, lang), { tone: 'alert' });
  };
}

/** `/roles/0` and `/body/roles/0` are both about `roles`. */
function fieldOf(pointer: string): string {
  const parts = pointer.split('/').filter((part) => part !== '' && part !== 'body');
  return parts[0] ?? '';
}
